"""What an agreement settles, found sentence by sentence. Start at `find_facts`."""

from samrad.reading.facts.dates import dates
from samrad.reading.facts.duties import chair_and_secretary, deputies, levels
from samrad.reading.facts.goals import focus_areas
from samrad.reading.facts.participants import participants
from samrad.reading.facts.places import places
from samrad.reading.facts.promises import commitments
from samrad.reading.facts.rhythm import evaluation, meetings_a_year, renewal
from samrad.reading.model import Fact
from samrad.reading.study import Study

__all__ = ["find_facts"]

_FINDERS = (
    places,
    participants,
    chair_and_secretary,
    meetings_a_year,
    focus_areas,
    commitments,
    renewal,
    evaluation,
    deputies,
    levels,
    dates,
)


def find_facts(study: Study) -> tuple[Fact, ...]:
    """Every fact in the document, kind by kind."""
    return tuple(fact for finder in _FINDERS for fact in finder(study))
