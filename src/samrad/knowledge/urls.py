"""The pages about figures."""

from django.urls import path

from samrad.knowledge import (
    address_views,
    arrival_views,
    data_views,
    indicator_views,
    overview_views,
    own_recipe_views,
    response_views,
    views,
)

app_name = "knowledge"

indicators = [
    path("figures/indicators/", indicator_views.list_indicators, name="indicators"),
    path("figures/indicators/<uuid:ref>/", indicator_views.show_indicator, name="indicator"),
    path(
        "figures/indicators/<uuid:ref>/areas/<uuid:area_ref>/",
        indicator_views.show_indicator_in_area, name="indicator_here",
    ),
    path(
        "figures/indicators/<uuid:ref>/areas/<uuid:area_ref>/before-and-after/",
        indicator_views.show_before_after, name="before_after",
    ),
    *(
        path(f"figures/indicators/<uuid:ref>/{where}figures.{form}",
             indicator_views.take_indicator, {"form": form}, name=f"{name}_{form}")
        for where, name in (("", "take"), ("areas/<uuid:area_ref>/", "take_here"))
        for form in ("csv", "xlsx", "json")
    ),
]  # fmt: skip
overviews = [
    path("figures/overviews/", overview_views.list_overviews, name="overviews"),
    path("figures/overviews/<uuid:ref>/", overview_views.show_overview, name="overview"),
]
data_sets = [
    path("figures/data/", data_views.list_data_sets, name="data_sets"),
    path("figures/data/<uuid:ref>/", data_views.show_data_set, name="data_set"),
    path("figures/data/<uuid:ref>/publish/", data_views.publish, name="publish"),
    path("figures/data/<uuid:ref>/withdraw/", data_views.withdraw, name="withdraw"),
]
arrivals = [
    path("figures/data/take-in/", arrival_views.hand_in, name="hand_in"),
    path("figures/arrivals/<uuid:ref>/", arrival_views.show_arrival, name="arrival"),
    path("figures/arrivals/<uuid:ref>/state/", arrival_views.how_far, name="arrival_state"),
    path("figures/arrivals/<uuid:ref>/found.csv", arrival_views.found, name="arrival_found"),
    path("figures/arrivals/<uuid:ref>/answers/", arrival_views.answer, name="arrival_answer"),
    path("figures/arrivals/<uuid:ref>/use/", arrival_views.put_into_use, name="arrival_use"),
    path("figures/arrivals/<uuid:ref>/drop/", arrival_views.drop, name="arrival_drop"),
]
own_recipes = [
    path("figures/data/describe/<uuid:ref>/", own_recipe_views.describe, name="describe"),
    path("figures/data/describe/<uuid:ref>/meaning/", own_recipe_views.describe_meaning,
         name="describe_meaning"),
    path("figures/data/describe/<uuid:ref>/drop/", own_recipe_views.drop, name="describe_drop"),
    path("figures/data/recipes/<uuid:ref>/", own_recipe_views.show_recipe, name="own_recipe"),
    path("figures/data/recipes/<uuid:ref>/change/", own_recipe_views.change, name="change_recipe"),
    path("figures/data/recipes/<uuid:ref>/remove/", own_recipe_views.remove, name="remove_recipe"),
]  # fmt: skip
incidents = [
    path("figures/data/<uuid:ref>/response/", response_views.show_response, name="response"),
    *(
        path(f"figures/data/<uuid:ref>/response.{form}", response_views.take_response,
             {"form": form}, name=f"take_response_{form}")
        for form in ("csv", "xlsx")
    ),
    path("figures/repeats/", address_views.list_lists, name="address_lists"),
    path("figures/repeats/<uuid:ref>/", address_views.show_list, name="addresses"),
    path("figures/repeats/addresses/<uuid:ref>/", address_views.show_address, name="address"),
    path("figures/repeats/addresses/<uuid:ref>/mark/", address_views.mark, name="mark_address"),
]  # fmt: skip
urlpatterns = [
    path("figures/", views.list_pictures, name="pictures"),
    path("figures/areas/<uuid:ref>/", views.show_picture, name="picture"),
    path(
        "figures/areas/<uuid:ref>/<uuid:data_ref>/handout.pdf", views.take_handout, name="handout"
    ),
    *indicators,
    *overviews,
    *data_sets,
    *incidents,
    *arrivals,
    *own_recipes,
    path("figures/alarms/<uuid:ref>/", views.show_alarm, name="alarm"),
]
