"""What survives a server, on SQLite and on PostgreSQL: order, leases, results that are written once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from api.failures import failure
from api.store.database import Database, opened
from api.store.keys import all_keys, create_key, key_of, revoke_key
from api.store.migration import migrate
from api.store.queue import MOST_ATTEMPTS, Claim, Result, Told, claim, finish, give_back, renew
from api.store.record import Record
from api.store.submissions import (
    KeyUsed,
    Submission,
    TooManyWaiting,
    ahead,
    body,
    cancel,
    counts,
    each_ahead,
    find,
    submit,
)
from api.store.tables import metadata
from planner.errors import InvalidInput

DONE = Result("finished", {"plan": b"{}"})


def submission(key: str | None = None, digest: str = "d", owner: str = "ann") -> Submission:
    return Submission(owner, "Monday", b'{"x": 1}', False, 60.0, digest, key)


def submitted(store: Database, **given: str) -> Record:
    return submit(store, submission(**given), 1000)


def claimed(store: Database, holder: str = "one", lease: float = 60.0) -> Claim:
    found = claim(store, holder, lease)
    assert found is not None
    return found


def again(store: Database, plan: Record) -> Record:
    found = find(store, plan.owner, plan.id)
    assert found is not None
    return found


def at_once(act: Callable[[int], object], times: int) -> list[object]:
    """What comes of an act done by many threads that start together."""
    start = threading.Barrier(times)

    def together(number: int) -> object:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(together, range(times)))


def test_the_steps_of_migration_lead_to_the_tables_of_the_code(store: Database) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_servers_that_start_together_migrate_once(either_url: str) -> None:
    def start(_: int) -> None:
        database = opened(either_url)
        migrate(database)
        database.close()

    at_once(start, 4)

    database = opened(either_url)
    assert counts(database) == {}
    database.close()


def test_plans_are_claimed_in_the_order_of_acceptance(store: Database) -> None:
    plans = [submitted(store) for _ in range(3)]

    assert [claimed(store).held.id for _ in plans] == [plan.id for plan in plans]
    assert claim(store, "one", 60) is None


def test_a_plan_is_claimed_by_one_server_alone(store: Database) -> None:
    for _ in range(8):
        submitted(store)

    found = at_once(lambda number: [claim(store, f"server {number}", 60) for _ in range(3)], 6)

    taken = [each.held.number for some in found for each in some if each is not None]  # type: ignore[attr-defined]  # lists of claims
    assert sorted(taken) == list(range(1, 9))


def test_a_plan_whose_server_fell_silent_is_claimed_again_before_newer_ones(store: Database) -> None:
    first, second = submitted(store), submitted(store)
    lost = claimed(store, "one", lease=0.2).held
    time.sleep(0.3)

    taken = claimed(store, "two").held

    assert (taken.id, taken.attempt) == (first.id, 2)
    assert renew(store, [(lost, None)], 60) == frozenset()
    assert not finish(store, lost, DONE)
    assert finish(store, taken, DONE)
    assert claimed(store).held.id == second.id


def test_a_server_that_lost_a_plan_and_has_it_again_cannot_end_the_new_attempt_with_the_old(
    store: Database,
) -> None:
    submitted(store)
    old = claimed(store, "one", lease=0.1).held
    time.sleep(0.2)
    new = claimed(store, "one").held

    assert not finish(store, old, DONE)
    assert renew(store, [(old, None), (new, None)], 60) == {new.number}
    assert finish(store, new, DONE)


def test_a_lease_that_is_renewed_holds(store: Database) -> None:
    submitted(store)
    held = claimed(store, lease=0.4).held
    for _ in range(4):
        time.sleep(0.2)
        assert renew(store, [(held, None)], 0.4) == {held.number}

    assert claim(store, "two", 60) is None


def test_progress_is_told_and_counts_as_a_change(store: Database) -> None:
    plan = submitted(store)
    held = claimed(store).held
    before = again(store, plan).revision

    renew(store, [(held, Told(3.0, "bound", None, 5.0))], 60)
    renew(store, [(held, None)], 60)

    after = again(store, plan)
    assert (after.doing, after.seconds, after.cost, after.bound) == ("bound", 3.0, None, 5.0)
    assert after.revision == before + 1


def test_a_result_is_kept_with_its_documents(store: Database) -> None:
    plan = submitted(store)

    assert finish(store, claimed(store).held, DONE)

    kept = again(store, plan)
    assert (kept.state, kept.holder, kept.open) == ("finished", None, False)
    document = body(store, kept, "plan")
    assert document is not None
    assert document.content == b"{}"


def test_a_plan_that_is_given_back_keeps_its_place_and_its_attempts_only_where_they_count(
    store: Database,
) -> None:
    first, _ = submitted(store), submitted(store)
    assert give_back(store, claimed(store).held, counted=False)
    assert again(store, first).attempts == 0
    taken = claimed(store).held
    assert taken.id == first.id
    assert give_back(store, taken, counted=True)
    assert again(store, first).attempts == 1


def test_a_plan_that_takes_its_server_with_it_is_given_up(store: Database) -> None:
    plan = submitted(store)
    for _ in range(MOST_ATTEMPTS):
        claimed(store, lease=0.05)
        time.sleep(0.1)

    assert claim(store, "one", 60) is None
    ended = again(store, plan)
    reason = body(store, ended, "failure")
    assert ended.state == "failed"
    assert reason is not None
    assert reason.content == failure("error", f"its solve broke off {MOST_ATTEMPTS} times")


def test_a_cancelled_plan_is_nobodys_any_more(store: Database) -> None:
    plan = submitted(store)
    held = claimed(store).held

    assert cancel(store, plan)

    assert not cancel(store, plan)
    assert renew(store, [(held, None)], 60) == frozenset()
    assert not finish(store, held, DONE)
    assert not give_back(store, held, counted=True)
    assert claim(store, "two", 60) is None


def test_requests_with_one_key_that_come_together_make_one_plan(store: Database) -> None:
    found = at_once(lambda number: submitted(store, key="monday").id, 8)

    assert len(set(found)) == 1
    assert counts(store) == {"queued": 1}


def test_a_key_belongs_to_its_caller_and_its_request(store: Database) -> None:
    first = submitted(store, key="monday")

    assert submitted(store, key="monday", owner="bob").id != first.id
    with pytest.raises(KeyUsed):
        submitted(store, key="monday", digest="other")


def test_a_caller_has_so_many_plans_waiting_and_others_are_not_touched_by_it(store: Database) -> None:
    submit(store, submission(), 2)
    submit(store, submission(key="monday"), 2)
    with pytest.raises(TooManyWaiting):
        submit(store, submission(), 2)

    submit(store, submission(key="monday"), 2)
    submit(store, submission(owner="bob"), 2)
    finish(store, claimed(store).held, DONE)
    submit(store, submission(), 2)


def test_a_plan_is_found_by_its_own_caller_alone(store: Database) -> None:
    plan = submitted(store, owner="ann")

    assert find(store, "bob", plan.id) is None
    assert find(store, "ann", plan.id) == plan


def test_the_queue_counts_plans_of_everybody(store: Database) -> None:
    submitted(store, owner="ann")

    assert ahead(store, submitted(store, owner="bob")) == 1


def test_the_places_of_many_plans_are_those_of_each(store: Database) -> None:
    plans = [submitted(store) for _ in range(4)]
    cancel(store, plans[1])
    claimed(store)
    now = [again(store, plan) for plan in plans]

    assert each_ahead(store, now) == {plans[2].number: 0, plans[3].number: 1}
    assert each_ahead(store, now) == {plan.number: ahead(store, plan) for plan in now[2:]}
    assert each_ahead(store, now[:2]) == {}


def test_what_breaks_a_rule_of_the_tables_leaves_nothing_behind(store: Database) -> None:
    plan = submitted(store)
    held = claimed(store).held
    with pytest.raises(IntegrityError):
        finish(store, held, Result("finished", {"plan": b"{}", "inputs": b"twice"}))

    assert again(store, plan).state == "running"
    assert body(store, plan, "plan") is None


def test_a_key_holds_until_it_is_revoked(store: Database) -> None:
    key = create_key(store, "ann")
    (known,) = all_keys(store)

    assert key_of(store, key) == known.id
    assert key_of(store, key[:-1] + ("a" if key[-1] != "a" else "b")) is None
    assert key_of(store, "planner_") is None
    assert revoke_key(store, known.id)
    assert key_of(store, key) is None
    assert not revoke_key(store, known.id)


def test_a_key_is_not_written_down(store: Database) -> None:
    secret = create_key(store, "ann").rpartition("_")[2]
    with store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM keys").all()

    assert secret not in str(kept)


@pytest.mark.parametrize("url", ["nothing", "mysql://localhost/x", "sqlite://", "odd://x"])
def test_a_database_that_we_do_not_know_is_a_mistake_with_a_remedy(url: str) -> None:
    with pytest.raises(InvalidInput, match=r"--database.*(sqlite|file)"):
        opened(url)
