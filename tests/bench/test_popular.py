"""The order of ten thousand readers stands when a fifth as many are made up in few networks."""

import pytest
from bench.popular import TOP, Attack, World, measure_tau, rank_hits, rank_ours

LEAST = 0.98


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=7)


@pytest.fixture(scope="module")
def order(world: World) -> list[int]:
    return rank_ours(world.reads, world)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("networks", "aim", "pace"),
    [
        (50, "one", "burst"),
        (50, "ten", "drip"),
        (50, "least", "burst"),
        (50, "second", "drip"),
        (10, "ten", "burst"),
    ],
)
def test_the_order_stands(world, order, networks, aim, pace) -> None:
    attack = Attack(share=0.2, networks=networks, aim=aim, pace=pace)
    reads = world.attack(attack, order)
    assert len(reads) >= int(0.2 * len(world.reads))
    other = rank_ours([*world.reads, *reads], world)
    assert measure_tau(order, other) >= LEAST
    assert len({*order[:TOP]} & {*other[:TOP]}) >= TOP - 1


@pytest.mark.heavy
def test_the_attack_is_one(world) -> None:
    order = rank_hits(world.reads, world)
    reads = world.attack(Attack(share=0.2, networks=50, aim="ten", pace="drip"), order)
    assert measure_tau(order, rank_hits([*world.reads, *reads], world)) < 0.9


def test_tau_is_one_for_the_same_and_minus_one_for_the_reverse() -> None:
    assert measure_tau([1, 2, 3], [1, 2, 3]) == 1
    assert measure_tau([1, 2, 3], [3, 2, 1]) == -1
    assert measure_tau([1, 2, 3, 4], [2, 1, 3, 4]) == pytest.approx(2 / 3)
