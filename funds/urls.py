"""Steps with a fund; the pages that show one are in reports."""

from django.urls import path

from funds import reserve_views, views

app_name = "funds"
urlpatterns = [
    path("fondsen/<slug:slug>/afsluiten/", views.fund_close, name="fund_close"),
    path(
        "fondsen/<slug:slug>/aanvragen/<int:number>/<slug:step>/",
        views.application_step,
        name="application_step",
    ),
    path(
        "fondsen/<slug:slug>/boekingen/<int:number>/terugnemen/",
        views.entry_correct,
        name="entry_correct",
    ),
    path(
        "fondsen/<slug:slug>/verdelingen/<int:number>/terugnemen/",
        reserve_views.distribution_take_back,
        name="distribution_take_back",
    ),
    path("fondsen/<slug:slug>/reserve/boeken/", reserve_views.reserve_move, name="reserve_move"),
    path(
        "fondsen/<slug:slug>/reserve/<int:number>/terugnemen/",
        reserve_views.reserve_correct,
        name="reserve_correct",
    ),
]
