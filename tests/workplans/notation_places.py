"""Three regions of the documents, as the tests of shares and funding know them."""

from __future__ import annotations

from datetime import date

from workplans.notation.places import Ended, Places

KATWIJK, NOORDWIJK, TEYLINGEN, LISSE, HILLEGOM = BOLLEN = (
    "GM0537",
    "GM0575",
    "GM1525",
    "GM0553",
    "GM0534",
)
HOORN, OPMEER = "GM0405", "GM0432"
WF6 = ("GM0498", "GM0388", "GM1598", "GM0420", OPMEER, "GM0532")
WF = ("GM0498", "GM0388", HOORN, "GM1598", "GM0420", OPMEER, "GM0532")
WF_NAMES = (
    "Drechterland",
    "Enkhuizen",
    "Hoorn",
    "Koggenland",
    "Medemblik",
    "Opmeer",
    "Stede Broec",
)
WF_INHABITANTS = (19384, 18479, 72493, 22522, 44058, 11420, 21552)
RIJNSTREEK = ("GM0484", "GM1884", "GM0569")

DUIN_EN_BOLLENSTREEK = Places(
    region="Duin- en Bollenstreek",
    first_day=date(2020, 1, 1),
    members=BOLLEN,
    names={
        KATWIJK: "Katwijk",
        NOORDWIJK: "Noordwijk",
        TEYLINGEN: "Teylingen",
        LISSE: "Lisse",
        HILLEGOM: "Hillegom",
        "GM0546": "Leiden",
        "GM0576": "Noordwijkerhout",
    },
    abbreviations=dict(zip("KNTLH", BOLLEN, strict=True)),
    groups={"Duin en Bollen": BOLLEN},
    ended={"GM0576": Ended(date(2019, 1, 1), NOORDWIJK)},
)

WESTFRIESLAND = Places(
    region="Westfriesland",
    first_day=date(2019, 1, 1),
    members=WF,
    names=dict(zip(WF, WF_NAMES, strict=True)) | {"GM1884": "Kaag en Braassem"},
    groups={"HRN": (HOORN,), "WF6": WF6},
    populations={
        date(2016, 1, 1): dict.fromkeys(WF[1:], 1000),
        date(2017, 1, 1): dict(zip(WF, WF_INHABITANTS, strict=True)),
        date(2020, 1, 1): dict.fromkeys(WF, 1000),
    },
)

RIJN = Places(
    region="Rijnstreek",
    first_day=date(2021, 1, 1),
    members=RIJNSTREEK,
    names=dict(
        zip(RIJNSTREEK, ("Alphen aan den Rijn", "Kaag en Braassem", "Nieuwkoop"), strict=True)
    ),
)
