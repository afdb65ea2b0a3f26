"""The pages of findings and of what both sides agree on."""

from django.urls import path

from samrad.picture import order_pages, views

app_name = "picture"

urlpatterns = [
    path("councils/<uuid:ref>/two-sides/", views.of_council, name="council"),
    path("councils/<uuid:ref>/findings/new/", views.new_finding, name="new_finding"),
    path("findings/<uuid:ref>/", views.finding, name="finding"),
    path("findings/<uuid:ref>/withdraw/", views.withdraw_finding, name="withdraw_finding"),
    path("councils/<uuid:ref>/agreed/new/", views.new_agreed, name="new_agreed"),
    path("agreed/<uuid:ref>/", views.agreed, name="agreed"),
    path("agreed/<uuid:ref>/confirm/", views.confirm, name="confirm"),
    path("agreed/<uuid:ref>/withdraw/", views.withdraw_agreed, name="withdraw_agreed"),
]

urlpatterns += [
    path("councils/<uuid:ref>/analyses/", order_pages.orders, name="orders"),
    path("councils/<uuid:ref>/analyses/new/", order_pages.new_order, name="new_order"),
    path("analyses/<uuid:ref>/", order_pages.order, name="order"),
    path("analyses/<uuid:ref>/accept/", order_pages.accept, name="accept"),
    path("analyses/<uuid:ref>/decline/", order_pages.decline, name="decline_order"),
    path("analyses/<uuid:ref>/answer/", order_pages.answer, name="answer_order"),
    path("analyses/<uuid:ref>/use/", order_pages.use, name="use"),
]
