"""What we follow: the operator's catalogue, lists from elsewhere, finding a site's feeds."""
