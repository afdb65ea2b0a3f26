"""What the trail says about data that is taken in."""

from django.utils.translation import gettext_lazy as _

from samrad.trail.events import event

RELEASE_TAKEN_IN = event(
    "knowledge.release_taken_in",
    _(
        "%(by)s took in the data “%(about)s” from the file %(file)s: %(rows)s figures,"
        " %(hidden)s of them hidden and %(missing)s missing"
    ),
)
FILE_HANDED_IN = event(
    "knowledge.file_handed_in",
    _("%(by)s handed in the file %(file)s for the data “%(about)s”; it counts for nothing yet"),
)
FILE_ANSWERED = event(
    "knowledge.file_answered",
    _("%(by)s answered what the file of “%(about)s” left open"),
)
FILE_DROPPED = event(
    "knowledge.file_dropped",
    _("%(by)s dropped the file %(file)s of “%(about)s”; nothing of it was ever in use"),
)
RECIPE_MADE = event(
    "knowledge.recipe_made",
    _("%(by)s made the recipe “%(about)s” for figures of %(publisher)s"),
)
RECIPE_CHANGED = event(
    "knowledge.recipe_changed",
    _("%(by)s changed the recipe “%(about)s”; it is version %(number)s now"),
)
RECIPE_SMALLEST_CHANGED = event(
    "knowledge.recipe_smallest_changed",
    _(
        "%(by)s changed what the recipe “%(about)s” holds back: counts below %(now)s from now on,"
        " below %(before)s until then"
    ),
)
RECIPE_READERS_CHANGED = event(
    "knowledge.recipe_readers_changed",
    _("%(by)s changed for whom the figures of the recipe “%(about)s” are"),
)
RECIPE_REMOVED = event("knowledge.recipe_removed", _("%(by)s removed the recipe “%(about)s”"))
DATA_SET_PUBLISHED = event(
    "knowledge.data_set_published",
    _("%(by)s let anybody read “%(about)s”, with counts below %(smallest)s held back"),
)
DATA_SET_WITHDRAWN = event(
    "knowledge.data_set_withdrawn",
    _("%(by)s withdrew “%(about)s” from readers who are not signed in"),
)
INCIDENTS_TAKEN_IN = event(
    "knowledge.incidents_taken_in",
    _("%(by)s took in %(rows)s incidents in “%(about)s”; addresses were kept as keys only"),
)
INCIDENTS_DELETED = event(
    "knowledge.incidents_deleted",
    _("Incidents of %(month)s in “%(about)s” were deleted: their time was over"),
)
ADDRESSES_READ = event(
    "knowledge.addresses_read",
    _("%(by)s read the list of addresses that come back in “%(about)s”: %(shown)s of them"),
    reads=True,
)
ADDRESS_READ = event(
    "knowledge.address_read",
    _("%(by)s read what has happened at the address %(about)s"),
    reads=True,
)
ADDRESS_ASSESSED = event(
    "knowledge.address_assessed", _("%(by)s marked the address %(about)s as assessed")
)
ADDRESS_CONTACTED = event(
    "knowledge.address_contacted",
    _("%(by)s marked the address %(about)s as contacted with the municipality"),
)
ADDRESS_MARK_TAKEN_BACK = event(
    "knowledge.address_mark_taken_back", _("%(by)s took back the mark on the address %(about)s")
)
ADDRESSES_DELETED = event(
    "knowledge.addresses_deleted",
    _("%(count)s addresses that came back in “%(about)s” were deleted: their time was over"),
)
ADDRESSES_CORRECTED = event(
    "knowledge.addresses_corrected",
    _(
        "%(count)s addresses in “%(about)s” are no longer on the list: a later file corrected what"
        " had happened there"
    ),
)
ALARM_FOUND = event(
    "knowledge.alarm_found",
    _(
        "The figures of %(area)s stood out: “%(about)s”, %(observed)s where %(expected)s were"
        " to be expected"
    ),
)
ALARM_REVISED = event(
    "knowledge.alarm_revised",
    _("The figures of “%(about)s” in %(area)s were revised: %(observed)s, and it still stands out"),
)
ALARM_LAPSED = event(
    "knowledge.alarm_lapsed",
    _("After a revision “%(about)s” in %(area)s no longer stands out"),
)
ALARM_BACK = event(
    "knowledge.alarm_back",
    _("After another revision “%(about)s” in %(area)s stands out again"),
)
