"""Who gets what at which address: the whole table, and a test that it is whole.

Each row is one route with one object: the answers to GET for everybody of the cast, and
under it those to POST. Nobody is somebody who is not signed in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from config.context import frame
from funds.balance import standings
from funds.clauses import Clause, Provided
from funds.deciding import effect
from funds.ledger import decide_all, pay
from funds.models import Application, Fund, GrantProposal, Obligation, RoundChoice
from funds.proposing import propose
from funds.scenario import Kind
from municipalities.models import Region, User
from municipalities.permissions import AdministratorBackend
from reports.rendering import FORMATS
from tests.factories import (
    ApplicationFactory,
    CarryOverFactory,
    ChangeRequestFactory,
    CommentFactory,
    CompletionRequestFactory,
    DecisionBodyFactory,
    DistributionFactory,
    EarmarkFactory,
    EnvelopeFactory,
    EnvelopeMutationFactory,
    FundFactory,
    PaymentScheduleFactory,
    ProgressRoundFactory,
    PublicationFactory,
    PublicationWithdrawalFactory,
    RoundChoiceFactory,
    RoundScenarioFactory,
    ScenarioFactory,
    UserFactory,
    WorkPlanFactory,
)
from workplans.lifecycle import PRESENT, SUBMIT, TAKE_BACK
from workplans.models import Action, ActionLine, Comment, ProgressRound, Publication, WorkPlan
from workplans.services import Said, keep_version

PEOPLE = ["anna", "pieter", "bram", "carla", "fenna", "hanna", "gijs", "technician", "nobody"]

# Objects: `own` is the Duin- en Bollenstreek, of anna, pieter and bram; `other` is the
# Rijnstreek, of carla; both draw on the fund of Leiden, which fenna manages.
TABLE = """
                                                anna pieter bram carla fenna hanna gijs technician nobody
reports:start               -               GET  200    200  200   200   200   200  200        200    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_list       -               GET  200    200  200   200   200   200  200        200    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:fund_list           -               GET  200    200  200   200   200   200  200        200    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:search              -               GET  200    200  200   200   200   200  200        200    302
                                           POST  405    405  405   405   405   405  405        405    302

display                     -               GET  200    200  200   200   200   200  200        200    200
                                           POST  302    302  302   302   302   302  302        302    302
shortcuts                   -               GET  200    200  200   200   200   200  200        200    200
                                           POST  405    405  405   405   405   405  405        405    405
accessibility               -               GET  200    200  200   200   200   200  200        200    200
                                           POST  405    405  405   405   405   405  405        405    405
patterns                    -               GET  404    404  404   404   404   404  404        200    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_detail     own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_detail     own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_detail     other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_detail     other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_detail     elsewhere       GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_detail     unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_download   own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_download   own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_download   other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_download   other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_download   unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_check      own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check      own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check      other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check      other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check      unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_check_download own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check_download own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check_download other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check_download other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_check_download unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_rules      own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_rules      own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_rules      other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_rules      other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_rules      unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_overview   own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview   own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview   other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview   other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview   unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:workplan_overview_download own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview_download own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview_download other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview_download other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_overview_download unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:fund_detail         fund            GET  200    200  200   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:fund_detail         fund-elsewhere  GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:fund_detail         unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:fund_rules          fund            GET  200    200  200   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:fund_rules          fund-elsewhere  GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:fund_rules          unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

reports:fund_changes        fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_changes        fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_changes        unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:fund_entries        fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_entries        fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_entries        unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:fund_entries_download fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_entries_download fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_entries_download unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:letter_list         fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:letter_list         fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:letter_list         unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:letter_batch_download own-letters   GET  200    200    200  404   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:letter_batch_download unknown-letters GET 404   404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:letter_download     own-letter      GET  200    200    200  404   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:letter_download     unknown-letter  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:application_detail  own-application GET  200    200    200  404   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:application_detail  other-application GET  404    404    404  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:application_detail  unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

funds:application_step      own-decide      GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:application_step      other-settle    GET  404    404    404  403   200   404   404  404        302
                                           POST  404    404    404  403   422   404   404  404        302
funds:application_step      unknown-step-of-money GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:entry_correct         own-entry       GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:entry_correct         unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:application_step      own-schedule    GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:application_step      own-pay         GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302

reports:fund_calendar       fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_calendar       fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_calendar       unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_calendar_download fund         GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_calendar_download fund-elsewhere GET 404   404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

reports:fund_room           fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_room           fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:fund_room           unknown         GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302

funds:envelope_add          fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:envelope_add          fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:earmark_add           fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:earmark_add           fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:round_open            fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_open            fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:mutation_add          own-envelope    GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:mutation_add          unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:carry_over_make       own-envelope    GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:carry_over_make       unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:carry_over_take_back  own-carry       GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:carry_over_take_back  unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:mutation_conclude     own-conditional GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:mutation_conclude     unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:earmark_change        own-earmark     GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:earmark_change        unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:proposal_detail       a-proposal      GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:proposal_detail       unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:application_step      own-account     GET  200    200    403  404   200   404   404  404        302
                                           POST  422    422    403  404   422   404   404  404        302
funds:application_step      own-ask-change  GET  200    200    403  404   200   404   404  404        302
                                           POST  422    422    403  404   422   404   404  404        302

funds:completion_ask        other-application GET  404    404    404  403   200   404   404  404        302
                                           POST  404    404    404  403   422   404   404  404        302
funds:completion_ask        unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:completion_answer     other-completion GET  404    404    404  403   200   404   404  404        302
                                           POST  404    404    404  403   422   404   404  404        302
funds:completion_answer     unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:request_refuse        own-request     GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:request_refuse        unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:obligation_record     own-obligation  GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:obligation_record     unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:round_change          own-fund-round  GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_change          unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

reports:round_scenario_list own-fund-round  GET  403    403    403  403   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:round_scenario_list unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:round_scenario_detail round-scenario GET  403    403    403  403   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:round_scenario_detail unknown-round-scenario GET  403    403    403  403   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
funds:round_scenario_create own-fund-round  GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_scenario_create unknown-application GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:round_scenario_edit round-scenario GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_scenario_edit chosen-scenario GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:round_scenario_earmarks round-scenario GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_scenario_earmarks chosen-scenario GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:round_scenario_choose round-scenario GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_scenario_choose chosen-scenario GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:round_operation_edit round-operation GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_edit unknown-round-operation GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302
funds:round_operation_add   round-beschermen GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   round-korten GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   round-prioriteit GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   round-nieuw-valt-af GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   round-oud-voor-nieuw GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   round-met-de-hand GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_operation_add   unknown-round-kind GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302
funds:round_choice_confirm  chosen-scenario GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:round_choice_confirm  round-scenario  GET  403    403    403  403   404   404   404  404        302
                                           POST  403    403    403  403   404   404   404  404        302

funds:fund_four_eyes        fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:fund_four_eyes        fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

funds:fund_close            fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:fund_close            fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

reports:fund_register       fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
reports:fund_register       fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

reports:fund_reconcile      fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
reports:fund_reconcile      fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

reports:distribution_list   fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_list   fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_detail own-distribution GET  200    200    200  404   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_detail unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_download own-distribution GET  200    200    200  404   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_download unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:distribution_create own-distributing GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
reports:distribution_create other-distributing GET  404    404    404  403   200   404   404  404        302
                                           POST  404    404    404  403   422   404   404  404        302
funds:distribution_take_back own-distribution GET  403    403    403  404   200   404   404  404        302
                                           POST  403    403    403  404   422   404   404  404        302
funds:distribution_take_back unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

reports:reserve_detail      fund            GET  200    200    200  200   200   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
reports:reserve_detail      fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  405    405    405  405   405   405   405  405        302
funds:reserve_move          fund            GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:reserve_move          fund-elsewhere  GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302
funds:reserve_correct       own-movement    GET  403    403    403  403   200   404   404  404        302
                                           POST  403    403    403  403   422   404   404  404        302
funds:reserve_correct       unknown-application GET  404    404    404  404   404   404   404  404        302
                                           POST  404    404    404  404   404   404   404  404        302

workplans:workplan_new      -               GET  403    200  403   403   403   403  403        403    302
                                           POST  403    422  403   403   403   403  403        403    302

workplans:text_read         own-draft       GET  405    405  405   405   405   405  405        405    302
                                           POST  400    400  403   404   404   404  404        404    302
workplans:text_read         own-submitted   GET  405    405  405   405   405   405  405        405    302
                                           POST  403    400  403   404   403   404  404        404    302
workplans:text_read         other-draft     GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   400   404   404  404        404    302
workplans:text_read         other-submitted GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:text_read         unknown         GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:workplan_submit   own-draft       GET  403    200  403   404   404   404  404        404    302
                                           POST  403    422  403   404   404   404  404        404    302
workplans:workplan_submit   own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:workplan_submit   other-draft     GET  404    404  404   403   404   404  404        404    302
                                           POST  404    404  404   403   404   404  404        404    302
workplans:workplan_submit   other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:workplan_submit   unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:plan_step         own-present     GET  403    200  403   404   404   404  404        404    302
                                           POST  403    422  403   404   404   404  404        404    302
workplans:plan_step         own-take-back   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:plan_step         other-take-back GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:plan_step         no-plan-step    GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:workplan_copy     own-draft       GET  403    200  403   404   404   404  404        404    302
                                           POST  403    422  403   404   404   404  404        404    302
workplans:workplan_copy     own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:workplan_copy     other-draft     GET  404    404  404   403   404   404  404        404    302
                                           POST  404    404  404   403   404   404  404        404    302
workplans:workplan_copy     other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:workplan_copy     unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

reports:version_list        own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_list        own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_list        other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_list        other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_list        unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302

reports:version_detail      own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_detail      own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_detail      other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_detail      other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_detail      unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302

reports:version_compare     own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare     own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare     other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare     other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare     unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302

reports:version_download    own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_download    own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_download    other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_download    other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_download    unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302

reports:version_compare_download own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare_download own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare_download other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare_download other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302
reports:version_compare_download unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 405    405  405   405   405   405  405        405    302

workplans:version_keep      own-draft       GET  403    200  403   404   404   404  404        404    302
                                           POST 403    422  403   404   404   404  404        404    302
workplans:version_keep      own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST 403    422  403   404   403   404  404        404    302
workplans:version_keep      other-draft     GET  404    404  404   403   404   404  404        404    302
                                           POST 404    404  404   403   404   404  404        404    302
workplans:version_keep      other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST 404    404  404   403   403   404  404        404    302
workplans:version_keep      unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 404    404  404   404   404   404  404        404    302

workplans:version_restore   own-draft       GET  403    200  403   404   404   404  404        404    302
                                           POST 403    422  403   404   404   404  404        404    302
workplans:version_restore   own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST 403    422  403   404   403   404  404        404    302
workplans:version_restore   other-draft     GET  404    404  404   403   404   404  404        404    302
                                           POST 404    404  404   403   404   404  404        404    302
workplans:version_restore   other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST 404    404  404   403   403   404  404        404    302
workplans:version_restore   unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST 404    404  404   404   404   404  404        404    302

workplans:finding_accept    own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:finding_accept    own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:finding_accept    other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:finding_accept    other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:finding_accept    unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:plan_edit         own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:plan_edit         own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:plan_edit         other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:plan_edit         other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:plan_edit         unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

workplans:plan_change       own-draft       GET  405    405  405   405   405   405  405        405    302
                                           POST  400    400  403   404   404   404  404        404    302
workplans:plan_change       own-submitted   GET  405    405  405   405   405   405  405        405    302
                                           POST  403    400  403   404   403   404  404        404    302
workplans:plan_change       other-draft     GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   400   404   404  404        404    302
workplans:plan_change       other-submitted GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:plan_change       unknown         GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:plan_state        own-draft       GET  405    405  405   405   405   405  405        405    302
                                           POST  400    400  403   404   404   404  404        404    302
workplans:plan_state        own-submitted   GET  405    405  405   405   405   405  405        405    302
                                           POST  403    400  403   404   403   404  404        404    302
workplans:plan_state        other-draft     GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   400   404   404  404        404    302
workplans:plan_state        other-submitted GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:plan_state        unknown         GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:plan_read         own-draft       GET  405    405  405   405   405   405  405        405    302
                                           POST  400    400  403   404   404   404  404        404    302
workplans:plan_read         own-submitted   GET  405    405  405   405   405   405  405        405    302
                                           POST  403    400  403   404   403   404  404        404    302
workplans:plan_read         other-draft     GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   400   404   404  404        404    302
workplans:plan_read         other-submitted GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:plan_read         unknown         GET  405    405  405   405   405   405  405        405    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:part_edit         own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:part_edit         own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:part_edit         other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:part_edit         other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:part_edit         unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:part_tree         own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:part_tree         own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:part_tree         other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:part_tree         other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:part_tree         unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

workplans:part_move         own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:part_move         own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:part_move         other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:part_move         other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:part_move         unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:part_remove       own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:part_remove       own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:part_remove       other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:part_remove       other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:part_remove       unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:part_add          own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:part_add          own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:part_add          other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:part_add          other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:part_add          unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

reports:workplan_totals     own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_totals     own-submitted   GET  200    200  200   404   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_totals     other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_totals     other-submitted GET  404    404  404   200   200   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
reports:workplan_totals     unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

workplans:part_paste        own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:part_paste        own-submitted   GET  403    200  403   404   403   404  404        404    302
                                           POST  403    422  403   404   403   404  404        404    302
workplans:part_paste        other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:part_paste        other-submitted GET  404    404  404   403   403   404  404        404    302
                                           POST  404    404  404   403   403   404  404        404    302
workplans:part_paste        unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:notice_list       -               GET  200    200  200   200   200   200  200        200    302
                                           POST  302    302  302   302   302   302  302        302    302
workplans:notice_settings   -               GET  200    200  200   200   200   200  200        200    302
                                           POST  422    422  422   422   422   422  422        422    302

workplans:comment_list      own-draft       GET  200    200  200   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:comment_list      own-submitted   GET  200    200  200   404   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:comment_list      other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:comment_list      other-submitted GET  404    404  404   200   403   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302
workplans:comment_list      unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  405    405  405   405   405   405  405        405    302

workplans:comment_create    own-draft       GET  200    200  403   404   404   404  404        404    302
                                           POST  422    422  403   404   404   404  404        404    302
workplans:comment_create    own-submitted   GET  200    200  403   404   403   404  404        404    302
                                           POST  422    422  403   404   403   404  404        404    302
workplans:comment_create    other-draft     GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:comment_create    other-submitted GET  404    404  404   200   403   404  404        404    302
                                           POST  404    404  404   422   403   404  404        404    302
workplans:comment_create    unknown         GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:comment_detail    own-comment     GET  200    200  200   404   403   404  404        404    302
                                           POST  422    422  403   404   403   404  404        404    302
workplans:comment_detail    other-comment   GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   422   404   404  404        404    302
workplans:comment_detail    unknown-comment GET  404    404  404   404   404   404  404        404    302
                                           POST  404    404  404   404   404   404  404        404    302

workplans:comment_step      own-resolve     GET  200    200  403   404   403   404  404        404    302
                                           POST  302    302  403   404   403   404  404        404    302
workplans:comment_step      own-withdraw    GET  200    403  403   404   403   404  404        404    302
                                           POST  302    403  403   404   403   404  404        404    302
workplans:comment_step      other-resolve   GET  404    404  404   200   404   404  404        404    302
                                           POST  404    404  404   302   404   404  404        404    302
workplans:comment_step      unknown-step    GET  404    404  404   404   403   404  404        404    302
                                           POST  404    404  404   404   403   404  404        404    302

reports:adoption_detail     own-draft       GET   200   200   200   404   404   404   404   404   302
                                           POST   405   405   405   405   405   405   405   405   302
reports:adoption_detail     own-submitted   GET   200   200   200   404   200   404   404   404   302
                                           POST   405   405   405   405   405   405   405   405   302
reports:adoption_detail     other-draft     GET   404   404   404   200   404   404   404   404   302
                                           POST   405   405   405   405   405   405   405   405   302
reports:adoption_detail     other-submitted GET   404   404   404   200   200   404   404   404   302
                                           POST   405   405   405   405   405   405   405   405   302
reports:adoption_detail     unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   405   405   405   405   405   405   405   405   302

workplans:body_create       own-draft       GET   403   200   403   404   404   404   404   404   302
                                           POST   403   422   403   404   404   404   404   404   302
workplans:body_create       own-submitted   GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
workplans:body_create       other-draft     GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
workplans:body_create       other-submitted GET   404   404   404   403   403   404   404   404   302
                                           POST   404   404   404   403   403   404   404   404   302
workplans:body_create       unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   404   404   404   404   404   404   404   404   302

workplans:adoption_edit     own-draft       GET   403   200   403   404   404   404   404   404   302
                                           POST   403   422   403   404   404   404   404   404   302
workplans:adoption_edit     own-submitted   GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
workplans:adoption_edit     other-draft     GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
workplans:adoption_edit     other-submitted GET   404   404   404   403   403   404   404   404   302
                                           POST   404   404   404   403   403   404   404   404   302
workplans:adoption_edit     unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   404   404   404   404   404   404   404   404   302

workplans:decision_record   own-draft       GET   403   200   403   404   404   404   404   404   302
                                           POST   403   422   403   404   404   404   404   404   302
workplans:decision_record   own-submitted   GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
workplans:decision_record   other-draft     GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
workplans:decision_record   other-submitted GET   404   404   404   403   403   404   404   404   302
                                           POST   404   404   404   403   403   404   404   404   302
workplans:decision_record   unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   404   404   404   404   404   404   404   404   302

reports:publication_create  own-draft       GET   403   200   403   404   404   404   404   404   302
                                           POST   403   422   403   404   404   404   404   404   302
reports:publication_create  own-submitted   GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
reports:publication_create  other-draft     GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
reports:publication_create  other-submitted GET   404   404   404   403   403   404   404   404   302
                                           POST   404   404   404   403   403   404   404   404   302
reports:publication_create  unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   404   404   404   404   404   404   404   404   302

workplans:publication_withdraw own-draft       GET   403   200   403   404   404   404   404   404   302
                                           POST   403   422   403   404   404   404   404   404   302
workplans:publication_withdraw own-submitted   GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
workplans:publication_withdraw other-draft     GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
workplans:publication_withdraw other-submitted GET   404   404   404   403   403   404   404   404   302
                                           POST   404   404   404   403   403   404   404   404   302
workplans:publication_withdraw unknown         GET   404   404   404   404   404   404   404   404   302
                                           POST   404   404   404   404   404   404   404   404   302

workplans:body_edit         own-body        GET   403   200   403   404   403   404   404   404   302
                                           POST   403   422   403   404   403   404   404   404   302
workplans:body_edit         other-body      GET   404   404   404   403   404   404   404   404   302
                                           POST   404   404   404   403   404   404   404   404   302
workplans:body_edit         unknown-body    GET   403   404   403   404   403   404   404   404   302
                                           POST   403   404   403   404   403   404   404   404   302

reports:public_list         -               GET   200   200   200   200   200   200   200   200   200
                                           POST   405   405   405   405   405   405   405   405   405

reports:register_detail     -               GET   200   200   200   200   200   200   200   200   200
                                           POST   405   405   405   405   405   405   405   405   405
reports:register_download   -               GET   200   200   200   200   200   200   200   200   200
                                           POST   405   405   405   405   405   405   405   405   405

reports:public_detail       own-submitted   GET   200   200   200   200   200   200   200   200   200
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_detail       elsewhere       GET   410   410   410   410   410   410   410   410   410
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_detail       own-draft       GET   404   404   404   404   404   404   404   404   404
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_detail       unknown         GET   404   404   404   404   404   404   404   404   404
                                           POST   405   405   405   405   405   405   405   405   405

reports:public_download     own-submitted   GET   200   200   200   200   200   200   200   200   200
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_download     elsewhere       GET   410   410   410   410   410   410   410   410   410
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_download     own-draft       GET   404   404   404   404   404   404   404   404   404
                                           POST   405   405   405   405   405   405   405   405   405
reports:public_download     unknown         GET   404   404   404   404   404   404   404   404   404
                                           POST   405   405   405   405   405   405   405   405   405

reports:progress_detail     own-draft       GET  200  200    200  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_detail     own-submitted   GET  200  200    200  404   200   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_detail     other-submitted GET  404  404    404  200   200   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_detail     unknown         GET  404  404    404  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302

reports:progress_download   own-draft       GET  404  404    404  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_download   own-submitted   GET  200  200    200  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_download   other-submitted GET  404  404    404  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302
reports:progress_download   unknown         GET  404  404    404  404   404   404   404  404        302
                                           POST  405  405    405  405   405   405   405  405        302

workplans:progress_open     own-draft       GET  403  403    403  404   404   404   404  404        302
                                           POST  403  403    403  404   404   404   404  404        302
workplans:progress_open     own-submitted   GET  403  200    403  404   403   404   404  404        302
                                           POST  403  422    403  404   403   404   404  404        302
workplans:progress_open     other-submitted GET  404  404    404  403   403   404   404  404        302
                                           POST  404  404    404  403   403   404   404  404        302
workplans:progress_open     unknown         GET  404  404    404  404   404   404   404  404        302
                                           POST  404  404    404  404   404   404   404  404        302

workplans:progress_due      own-round       GET  403  200    403  404   404   404   404  404        302
                                           POST  403  422    403  404   404   404   404  404        302
workplans:progress_due      unknown-round   GET  404  404    404  404   404   404   404  404        302
                                           POST  404  404    404  404   404   404   404  404        302
workplans:progress_step     own-close       GET  403  200    403  404   404   404   404  404        302
                                           POST  403  302    403  404   404   404   404  404        302
workplans:progress_step     unknown-end     GET  403  404    403  404   404   404   404  404        302
                                           POST  403  404    403  404   404   404   404  404        302
workplans:progress_write    own-report      GET  200  200    403  404   404   404   404  404        302
                                           POST  422  422    403  404   404   404   404  404        302
workplans:progress_write    unknown-report  GET  404  404    404  404   404   404   404  404        302
                                           POST  404  404    404  404   404   404   404  404        302

reports:scenario_list       own-draft       GET 200   200   200   404   404   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_list       own-table       GET 200   200   200   404   200   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_list       other-draft     GET 404   404   404   200   404   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_list       other-table     GET 404   404   404   200   200   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_list       unknown         GET 404   404   404   404   404   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_detail     own-scenario    GET 200   200   200   404   200   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_detail     other-scenario  GET 404   404   404   200   200   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
reports:scenario_detail     unknown-scenario GET 404   404   404   404   404   404   404   404   302
                                           POST 405   405   405   405   405   405   405   405   302
workplans:table_edit        own-draft       GET 403   200   403   404   404   404   404   404   302
                                           POST 403   422   403   404   404   404   404   404   302
workplans:table_edit        own-table       GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:table_edit        other-draft     GET 404   404   404   403   404   404   404   404   302
                                           POST 404   404   404   403   404   404   404   404   302
workplans:table_edit        other-table     GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:table_edit        unknown         GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:scenario_create   own-table       GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:scenario_create   other-table     GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:scenario_create   unknown         GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:scenario_edit     own-scenario    GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:scenario_edit     other-scenario  GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:scenario_edit     unknown-scenario GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:scenario_vote     own-scenario    GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:scenario_vote     other-scenario  GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:scenario_vote     unknown-scenario GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:scenario_choose   own-scenario    GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:scenario_choose   other-scenario  GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:scenario_choose   unknown-scenario GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:operation_add     own-korten      GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     own-beschermen  GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     own-prioriteit  GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     own-nieuw-valt-af GET 403   200   403   404   200   404   404   404   302
                                            POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     own-oud-voor-nieuw GET 403   200   403   404   200   404   404   404   302
                                             POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     own-met-de-hand GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:operation_add     unknown-kind    GET 404   404   404   404   404   404   404   404   302
                                           POST 404   404   404   404   404   404   404   404   302
workplans:operation_edit    own-operation   GET 403   200   403   404   200   404   404   404   302
                                           POST 403   422   403   404   422   404   404   404   302
workplans:operation_edit    other-operation GET 404   404   404   403   200   404   404   404   302
                                           POST 404   404   404   403   422   404   404   404   302
workplans:operation_edit    unknown-operation GET 403   404   403   404   404   404   404   404   302
                                             POST 403   404   403   404   404   404   404   404   302
"""  # noqa: E501

# Routes that a form is sent to.
POSTED = {
    "funds:application_step",
    "funds:entry_correct",
    "funds:fund_close",
    "reports:fund_register",
    "reports:fund_reconcile",
    "funds:envelope_add",
    "funds:earmark_add",
    "funds:earmark_change",
    "funds:fund_four_eyes",
    "funds:proposal_detail",
    "funds:obligation_record",
    "funds:request_refuse",
    "funds:completion_ask",
    "funds:completion_answer",
    "funds:mutation_add",
    "funds:mutation_conclude",
    "funds:carry_over_make",
    "funds:carry_over_take_back",
    "funds:round_open",
    "funds:round_change",
    "funds:round_scenario_create",
    "funds:round_scenario_edit",
    "funds:round_scenario_earmarks",
    "funds:round_scenario_choose",
    "funds:round_choice_confirm",
    "funds:round_operation_add",
    "funds:round_operation_edit",
    "funds:distribution_take_back",
    "funds:reserve_move",
    "funds:reserve_correct",
    "reports:distribution_create",
    "workplans:workplan_new",
    "workplans:part_edit",
    "workplans:part_move",
    "workplans:part_remove",
    "workplans:part_add",
    "workplans:part_paste",
    "workplans:workplan_submit",
    "workplans:plan_step",
    "workplans:workplan_copy",
    "workplans:version_keep",
    "workplans:version_restore",
    "workplans:finding_accept",
    "workplans:comment_create",
    "workplans:comment_detail",
    "workplans:comment_step",
    "workplans:progress_open",
    "workplans:progress_due",
    "workplans:progress_step",
    "workplans:progress_write",
    "workplans:notice_list",
    "workplans:notice_settings",
    "workplans:body_create",
    "workplans:body_edit",
    "workplans:adoption_edit",
    "workplans:decision_record",
    "workplans:table_edit",
    "workplans:scenario_create",
    "workplans:scenario_edit",
    "workplans:scenario_vote",
    "workplans:scenario_choose",
    "workplans:operation_add",
    "workplans:operation_edit",
    "workplans:publication_withdraw",
    "reports:publication_create",
    "display",
}
# What the script of the editor sends and asks.
ONLY_POSTED = {
    "workplans:plan_change",
    "workplans:plan_state",
    "workplans:plan_read",
    "workplans:text_read",
}

# Answers that are no page: a part of one, or data for its script.
NO_PAGES = {"workplans:part_tree", "reports:workplan_totals"}

# Routes that name a version by its number, besides its plan.
OF_ONE_VERSION = (":version_detail", ":version_download", ":version_restore")

# What the address of a finding carries; who may accept it does not hang on which it is.
FINDING = Said("geen-planning", "Actie A1, planning", "De planning ontbreekt.")

# The one rule of each part that is not ours: who is not signed in goes to the sign-in.
# The account pages have no namespace, their names begin alike.
RULED_NAMESPACES = frozenset({"admin"})
RULED_PREFIX = "account_"

# What somebody may open without signing in: the door, and the way to a new password.
OPEN_ACCOUNT = {
    "account_login": 200,
    "account_signup": 200,
    "account_inactive": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
}


def read_table() -> dict[tuple[str, str], dict[str, list[int]]]:
    """Codes in the order of the cast, by route and object and then by method."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    assert header == PEOPLE
    rows: dict[tuple[str, str], dict[str, list[int]]] = {}
    key = ("", "")
    for line in lines:
        if line[0] != "POST":
            key = (line.pop(0), line.pop(0))
            assert key not in rows, f"{key} stands there twice"
            rows[key] = {}
        method, *codes = line
        rows[key][method] = [int(code) for code in codes]
    assert all(set(row) == {"GET", "POST"} for row in rows.values())
    return rows


ROWS = read_table()


@pytest.fixture
def slugs(cast: dict[str, User], bollenstreek: Any, rijnstreek: Any, fund: Any) -> dict[str, str]:
    """The slug of each object of the table; of what is inside a plan, all that its
    address names."""
    plans = {
        "own-draft": WorkPlanFactory(draft=True, region=bollenstreek, fund=fund),
        "own-submitted": WorkPlanFactory(submitted=True, region=bollenstreek, fund=fund),
        "other-draft": WorkPlanFactory(draft=True, region=rijnstreek, fund=fund),
        "other-submitted": WorkPlanFactory(submitted=True, region=rijnstreek, fund=fund),
        "elsewhere": WorkPlanFactory(submitted=True),
    }
    for name in ("own-draft", "other-draft"):
        keep_version(plans[name], name="Eerste", by=None)
    elsewhere = EnvelopeFactory(fund=FundFactory(slug="fonds-elders")).fund
    publish(plans["own-submitted"])
    PublicationWithdrawalFactory(publication=publish(plans["elsewhere"]))
    comments = {
        "own": CommentFactory(plan=plans["own-submitted"], author=cast["anna"]),
        "other": CommentFactory(plan=plans["other-draft"], author=cast["carla"]),
    }
    return (
        {name: plan.slug for name, plan in plans.items()}
        | comment_addresses(comments)
        | step_addresses({name: plan.slug for name, plan in plans.items()})
        | body_addresses(plans["own-submitted"], plans["other-draft"])
        | progress_addresses(ProgressRoundFactory(plan=plans["own-submitted"]))
        | scenario_addresses(plans["own-submitted"], plans["other-submitted"])
        | money_addresses(plans, cast["fenna"])
        | distribution_addresses(fund, bollenstreek, rijnstreek)
        | {
            "fund": fund.slug,
            "fund-elsewhere": elsewhere.slug,
            "unknown": "bestaat-niet",
        }
    )


def comment_addresses(comments: dict[str, Comment]) -> dict[str, str]:
    """What the addresses of comments name, by the object of the table."""
    own, other = (f"{c.plan.slug}/{c.pk}" for c in (comments["own"], comments["other"]))
    return {
        "own-comment": own,
        "own-resolve": f"{own}/afhandelen",
        "own-withdraw": f"{own}/intrekken",
        "unknown-step": f"{own}/bestaat-niet",
        "other-comment": other,
        "other-resolve": f"{other}/afhandelen",
        "unknown-comment": "bestaat-niet/1",
    }


def step_addresses(plans: dict[str, str]) -> dict[str, str]:
    """What the addresses of steps name, by the object of the table; `plans` are slugs."""
    return {
        "own-present": f"{plans['own-draft']}/{PRESENT.name}",
        "own-take-back": f"{plans['own-submitted']}/{TAKE_BACK.name}",
        "other-take-back": f"{plans['other-submitted']}/{TAKE_BACK.name}",
        "no-plan-step": f"{plans['own-draft']}/bestaat-niet",
    }


def body_addresses(own: WorkPlan, other: WorkPlan) -> dict[str, str]:
    """What the addresses of bodies name, by the object of the table."""
    found = {
        name: f"{plan.slug}/{DecisionBodyFactory(plan=plan).pk}"
        for name, plan in {"own-body": own, "other-body": other}.items()
    }
    return found | {"unknown-body": f"{own.slug}/0"}


def scenario_addresses(own: WorkPlan, other: WorkPlan) -> dict[str, str]:
    """What the addresses of tables and scenarios name, by the object of the table."""
    found = {"own-table": own.slug, "other-table": other.slug}
    for name, plan in {"own": own, "other": other}.items():
        ScenarioFactory(plan=plan)
        found |= {f"{name}-scenario": f"{plan.slug}/1", f"{name}-operation": f"{plan.slug}/1/1"}
    found |= {f"own-{kind}": f"{own.slug}/1/{kind}" for kind in Kind}
    return found | {
        "unknown-scenario": f"{own.slug}/9",
        "unknown-operation": f"{own.slug}/1/9",
        "unknown-kind": f"{own.slug}/1/bestaat-niet",
    }


def publish(plan: WorkPlan) -> Publication:
    """The plan as it was submitted, public since today."""
    return PublicationFactory(version=plan.versions.get(name=SUBMIT.keeps))


def progress_addresses(round: ProgressRound) -> dict[str, str]:
    """What the addresses of a round name, by the object of the table; the action is one
    that anna's municipality carries out."""
    own = f"{round.plan.slug}/{round.year}/{round.half}"
    hers = Action.objects.filter(cost_lines__shares__municipality__code="GM0537")
    action = hers.filter(line__plan=round.plan).order_by("pk")[0]
    return {
        "own-round": own,
        "own-close": f"{own}/sluiten",
        "own-report": f"{own}/{action.pk}",
        "unknown-end": f"{own}/bestaat-niet",
        "unknown-round": "bestaat-niet/2020/1",
        "unknown-report": f"bestaat-niet/2020/1/{action.pk}",
    }


def money_addresses(plans: dict[str, Any], by: User) -> dict[str, str]:
    """What the addresses of applications name; on the own one a line is granted and half
    paid, the rest is planned, and its envelope has a mutation that waits for a condition,
    and an earmark."""
    own, other = (
        plans[name].applications.get().application for name in ("own-submitted", "other-submitted")
    )
    slug, on = own.envelope.fund.slug, datetime.date(2020, 5, 1)
    line = own.lines.order_by("position")[0]
    amounts, report = {line.pk: line.amount.amount}, Clause("verplichting", "Lever het verslag in")
    (grant,) = decide_all(own, amounts, provided=Provided(clauses=(report,)), on=on, by=by)
    entry = pay(grant, line.amount.amount / 2, reference="2020-1", on=on, by=by)
    wish = ChangeRequestFactory(grant=grant, requested=1, dated_on=on, entered_by=by)
    PaymentScheduleFactory(application=own, typed="01-07-2020 € 1.000; rest 01-10-2020", by=by)
    waiting = EnvelopeMutationFactory(envelope=own.envelope, conditional=True)
    earmark = EarmarkFactory(envelope=own.envelope, name="Jeugd")
    proposal = proposed(other)
    carry = CarryOverFactory(source=own.envelope, amount=1)
    return {
        "own-carry": f"{slug}/{carry.pk}",
        "own-application": f"{slug}/{own.pk}",
        "own-account": f"{slug}/{own.pk}/verantwoorden",
        "own-ask-change": f"{slug}/{own.pk}/wijziging-vragen",
        "own-request": f"{slug}/{wish.pk}",
        "own-decide": f"{slug}/{own.pk}/beschikken",
        "own-schedule": f"{slug}/{own.pk}/betaalschema",
        "own-pay": f"{slug}/{own.pk}/betalen",
        "own-entry": f"{slug}/{entry.pk}",
        "own-letter": f"{slug}/{own.pk}/beschikking/{on}",
        "own-letters": f"{slug}/1",
        "unknown-letter": f"{slug}/{other.pk}/beschikking/{on}",
        "unknown-letters": f"{slug}/2",
        "own-envelope": f"{slug}/{own.envelope_id}",
        "a-proposal": f"{slug}/{proposal.pk}",
        "own-obligation": f"{slug}/{Obligation.objects.get(text=report.text).pk}",
        "own-earmark": f"{slug}/{earmark.pk}",
        "own-conditional": f"{slug}/{waiting.pk}",
        "own-fund-round": f"{slug}/{own.round_id}",
        "other-completion": f"{slug}/{CompletionRequestFactory(application=other).pk}",
        "other-application": f"{slug}/{other.pk}",
        "other-settle": f"{slug}/{other.pk}/vaststellen",
        "unknown-application": f"{slug}/0",
        "unknown-step-of-money": f"{slug}/{own.pk}/bestaat-niet",
    } | round_addresses(own)


def round_addresses(application: Application) -> dict[str, str]:
    """What the addresses of scenarios of a round name: one that is open, and in another
    round one that somebody chose and that waits for a second fund manager."""
    fund = application.envelope.fund
    RoundScenarioFactory(round=application.round)
    asked_again = ApplicationFactory(envelope=application.envelope)
    chosen = RoundScenarioFactory(round=asked_again.round)
    by = UserFactory(display_name="Derde")
    choice = RoundChoiceFactory(round=chosen.round, number=1, entered_by=by)
    proposed(asked_again, choice)
    chosen.round.scenarios.update(choice=choice)
    own = f"{fund.slug}/{application.round_id}"
    return {
        "round-scenario": f"{own}/1",
        "round-operation": f"{own}/1/1",
        "chosen-scenario": f"{fund.slug}/{chosen.round_id}/1",
        "unknown-round-scenario": f"{own}/9",
        "unknown-round-operation": f"{own}/1/9",
        "unknown-round-kind": f"{own}/1/bestaat-niet",
    } | {f"round-{kind}": f"{own}/1/{kind}" for kind in Kind}


def proposed(application: Application, choice: RoundChoice | None = None) -> GrantProposal:
    """Somebody proposed to grant the first line of an application."""
    found = standings(application.lines.order_by("position"), application.submitted_on)[0]
    amounts, on = {found: found.asked.known}, application.submitted_on
    by = UserFactory(display_name="Tweede fondsbeheerder")
    shown = effect(application, amounts, on=on)
    return propose(application, amounts, shown=shown, choice=choice, on=on, by=by)


def distribution_addresses(fund: Fund, own: Region, other: Region) -> dict[str, str]:
    """What the addresses of distributions and of the reserve name."""
    made = DistributionFactory(fund=fund, region=own, reserved=True)
    return {
        "own-distribution": f"{fund.slug}/{made.pk}",
        "own-distributing": f"{fund.slug}/{own.slug}",
        "other-distributing": f"{fund.slug}/{other.slug}",
        "own-movement": f"{fund.slug}/{fund.reserve_movements.get().pk}",
    }


def address(route: str, slug: str | None) -> str:
    if slug is None:
        return reverse(route, args=["csv"] if route.endswith("_download") else [])
    asked = f"?bevinding={FINDING.token}" if route == "workplans:finding_accept" else ""
    parts = slug.split("/")
    if route.endswith(OF_ONE_VERSION):
        parts.append("1")
    if route.endswith("download") and not route.startswith("reports:letter_"):
        parts.append("csv")
    if route.startswith("workplans:part_"):
        line = ActionLine.objects.filter(plan__slug=slug).order_by("pk").first()
        parts.append(f"line:{line.pk if line else 0}")
    if route == "workplans:part_add":
        parts.append("actions")
    return reverse(route, args=parts) + asked


def sign_in(name: str, cast: dict[str, User]) -> Client:
    client = Client()
    if name != "nobody":
        client.force_login(cast[name])
    return client


def answer(client: Client, method: str, url: str) -> int:
    """The status; whatever the request changed is undone."""
    with transaction.atomic():
        status: int = getattr(client, method.lower())(url).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("name", PEOPLE)
def test_answers_are_those_of_the_table(name: str, slugs, cast) -> None:
    """One of the cast asks for everything: making the objects takes longer than asking."""
    client, place = sign_in(name, cast), PEOPLE.index(name)
    wrong = {}
    for (route, thing), methods in ROWS.items():
        url = address(route, slugs.get(thing))
        for method, codes in methods.items():
            found = answer(client, method, url)
            if found != codes[place]:
                wrong[f"{method} {url}"] = (found, codes[place])
    assert wrong == {}


# ---- the table is whole


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, str]]:
    """Namespace and name of every address; an address without a name has none."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from routes(found, found.namespace or space)
        else:
            assert isinstance(found, URLPattern)
            yield space, found.name or ""


def full_name(space: str, name: str) -> str:
    """As `reverse` takes it; an address that is about the site has no namespace."""
    return f"{space}:{name}" if space else name


def unguarded(found: set[tuple[str, str]]) -> set[str]:
    """Routes that neither the table nor a rule speaks of."""
    in_table = {route for route, _ in ROWS}
    return {
        full_name(space, name)
        for space, name in found
        if space not in RULED_NAMESPACES
        and not (space == "" and name.startswith(RULED_PREFIX))
        and full_name(space, name) not in in_table
    }


def test_every_route_has_a_row_or_a_rule() -> None:
    assert unguarded(set(routes())) == set()


@pytest.mark.parametrize(
    "route", [("reports", "new_page"), ("unheard", "start"), ("", "start"), ("reports", "")]
)
def test_new_route_without_a_row_is_noticed(route: tuple[str, str]) -> None:
    assert unguarded({route}) == {full_name(*route)}


def test_every_row_is_of_a_route_that_exists() -> None:
    assert {route for route, _ in ROWS} <= {full_name(space, name) for space, name in routes()}


# ---- the rule of the accounts


def account_addresses() -> dict[str, str]:
    arguments = {"account_reset_password_from_key": ["1", "sleutel"]}
    names = {name for space, name in routes() if space == "" and name.startswith(RULED_PREFIX)}
    return {name: reverse(name, args=arguments.get(name, [])) for name in names}


def test_account_pages_send_a_stranger_to_the_sign_in(client, db) -> None:
    addresses = account_addresses()
    assert addresses.keys() >= OPEN_ACCOUNT.keys()
    for name, url in addresses.items():
        response = client.get(url)
        if name in OPEN_ACCOUNT:
            assert response.status_code == OPEN_ACCOUNT[name], name
        else:
            assert response.status_code == 302, name
            assert response.url.startswith(reverse("account_login")), name


def test_nobody_makes_an_account_alone(client, db) -> None:
    for response in (
        client.get(reverse("account_signup")),
        client.post(
            reverse("account_signup"),
            {"email": "nieuw@voorbeeld.nl", "password1": "een-lang-wachtwoord"},
        ),
    ):
        assert response.status_code == 200
        assert "U kunt zelf geen account maken" in response.content.decode()
    assert not User.objects.exists()


# ---- the rule of the admin


def admin_addresses() -> set[str]:
    """Every address of the admin that can be made, with numbers that do not exist."""
    found = set()
    for space, name in routes():
        if space != "admin" or not name or name in ("login", "logout"):
            continue
        for arguments in ([], ["999999"], ["999999", "999999"], ["funds"]):
            try:
                found.add(reverse(f"admin:{name}", args=arguments))
            except NoReverseMatch:
                continue
    return found


def test_admin_sends_a_stranger_to_the_sign_in(client, db) -> None:
    """Straight away, or by way of its own address for signing in."""
    addresses = admin_addresses()
    assert len(addresses) > 50
    for url in addresses:
        response = client.get(url, follow=True)
        last, status = response.redirect_chain[-1]
        assert status == 302, url
        assert last.startswith(reverse("account_login")), url


@pytest.mark.parametrize("name", ["anna", "pieter", "bram", "carla", "fenna", "gijs"])
def test_admin_refuses_people_of_the_process(name, cast) -> None:
    client = sign_in(name, cast)
    index = client.get(reverse("admin:index"))
    assert index.status_code == 403
    assert "Het beheer is voor de beheerder" in index.content.decode()
    if name == "pieter":
        codes = {url: client.get(url).status_code for url in admin_addresses()}
        assert set(codes.values()) == {403}, codes


def test_beheerder_keeps_people_and_reference_data_and_no_money(cast) -> None:
    """And reads their history, which has lists of its own."""
    client = sign_in("hanna", cast)
    lists = set()
    for space, name in routes():
        if space == "admin" and name.endswith("_changelist"):
            status = client.get(reverse(f"admin:{name}")).status_code
            assert status in (200, 403), name
            if status == 200:
                lists.add(name.removesuffix("_changelist").removesuffix("event"))
    assert lists == {f"municipalities_{name}" for name in AdministratorBackend.MODELS}


def test_technical_sign_in_gets_every_list_of_the_admin(cast) -> None:
    client = sign_in("technician", cast)
    for space, name in routes():
        if space == "admin" and name.endswith("_changelist"):
            assert client.get(reverse(f"admin:{name}")).status_code == 200, name


# ---- the shape of an answer


# A method is refused by a view, whatever it is about: one thing for each route.
FIRST = dict(reversed(ROWS))


def test_head_answers_like_get_without_a_body(slugs, cast) -> None:
    client = sign_in("pieter", cast)
    for route, thing in FIRST.items():
        url = address(route, slugs.get(thing))
        head = client.head(url)
        assert head.status_code == client.get(url).status_code, url
        assert b"".join(head) == b"", url


@pytest.mark.parametrize("method", ["options", "put", "patch", "delete", "trace"])
def test_other_methods_are_refused_and_the_right_ones_named(method: str, slugs, cast) -> None:
    client = sign_in("pieter", cast)
    for route, thing in FIRST.items():
        response = getattr(client, method)(address(route, slugs.get(thing)))
        assert response.status_code == 405, route
        allowed = {"GET", "HEAD"} | ({"POST"} if route in POSTED else set())
        if route in ONLY_POSTED:
            allowed = {"POST"}
        assert set(response["Allow"].split(", ")) == allowed


def test_a_page_that_takes_nothing_says_so(slugs, cast) -> None:
    response = sign_in("anna", cast).post(address("reports:workplan_detail", slugs["own-draft"]))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Deze pagina neemt niet aan wat u haar stuurde" in response.content.decode()


def test_refusal_says_why(slugs, cast) -> None:
    url = address("workplans:workplan_submit", slugs["own-draft"])
    page = sign_in("bram", cast).get(url).content.decode()
    assert "Dit mag u niet doen" in page
    assert "Alleen de projectleider van Duin- en Bollenstreek dient dit plan in." in page


def test_what_one_may_not_know_looks_like_what_does_not_exist(slugs, cast) -> None:
    """Byte for byte, whatever the address: a stranger learns nothing."""
    for person, routes_and_things in {
        "carla": [
            ("reports:workplan_detail", "own-draft"),
            ("reports:workplan_download", "own-draft"),
            ("workplans:workplan_submit", "own-draft"),
        ],
        "gijs": [("reports:fund_detail", "fund"), ("reports:workplan_detail", "own-submitted")],
        "fenna": [("reports:workplan_detail", "own-draft")],
    }.items():
        client = sign_in(person, cast)
        for route, thing in routes_and_things:
            hidden = client.get(address(route, slugs[thing]))
            absent = client.get(address(route, slugs["unknown"]))
            assert hidden.content == absent.content
            assert hidden.headers == absent.headers


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_gives_away_a_plan_of_others(form: str, slugs, cast) -> None:
    url = reverse("reports:workplan_download", args=[slugs["own-draft"], form])
    assert sign_in("carla", cast).get(url).status_code == 404
    assert sign_in("nobody", cast).get(url).status_code == 302


OUTSIDE_THE_MENU = {
    *("openbaar", "zoeken", "meldingen"),
    *("weergave", "sneltoetsen", "toegankelijkheid", "patronen"),
}
"""With what an address starts that belongs to no entry of the menu."""
ENTRIES = {"": ["Start"], "werkplannen": ["Plannen"], "fondsen": ["Fondsen"]}


def test_the_menu_says_where_one_is_on_every_page(slugs, cast) -> None:
    for route, thing in ROWS:
        request = RequestFactory().get(address(route, slugs.get(thing)))
        request.user = cast["pieter"]
        entries = frame(request)["navigation"]
        current = [label for label, _, is_current in entries if is_current]
        first = request.path.split("/")[1]
        assert current == ([] if first in OUTSIDE_THE_MENU else ENTRIES[first]), request.path


def test_lists_name_only_what_one_may_see(slugs, cast) -> None:
    expected = {
        "anna": {"own-draft", "own-submitted"},
        "pieter": {"own-draft", "own-submitted"},
        "bram": {"own-draft", "own-submitted"},
        "carla": {"other-draft", "other-submitted"},
        "fenna": {"own-submitted", "other-submitted"},
        "hanna": set(),
        "gijs": set(),
        "technician": set(),
    }
    names = {slugs[thing]: thing for things in expected.values() for thing in things}
    for person, things in expected.items():
        for route in ("reports:workplan_list", "reports:start"):
            page = sign_in(person, cast).get(reverse(route)).content.decode()
            linked = set(re.findall(r"/werkplannen/([a-z0-9-]+)/", page)) - {"nieuw"}
            assert {names[slug] for slug in linked} == things, (person, route)
