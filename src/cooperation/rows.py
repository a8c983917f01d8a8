"""Rows of the data package that code names, by the table whose keys they are; everything else is chosen by a column."""

from __future__ import annotations


class Actor:
    """Keys of the table ``actors``: armed groups and organisations."""

    AFRICAN_UNION = "AU"
    AFRIPOL = "AFRIPOL"
    ALGIERS_CENTRE = "CAERT"
    AQIM = "AQIM"
    CISSA = "CISSA"
    ECOWAS = "ECOWAS"
    LAKE_CHAD_BASIN = "LCBC"
    NOUAKCHOTT = "NKC"
    PEACE_AND_SECURITY_COUNCIL = "PSC"


class Allegation:
    """Keys of the table ``allegations``; the article's five come first."""

    FREE_HAND = "A01"
    SHARED_REVENUE = "A02"
    SPARED_CAPITAL = "A03"
    WARNINGS = "A04"
    HELD_BACK = "A05"
    OFFICIALS_AND_MILITANTS = "A06"
    PROXY_AGAINST_REBELS = "A11"
    REBELS_BACKED = "A13"
    GAINS_FROM_DISORDER = "A14"
    GROUP_STEERED = "A15"
    EGGED_ON = "A20"
    COMMAND_EMPTY = "A21"
    COMMAND_IDLE = "A22"


class CostEstimate:
    """Keys of the table ``cost_estimates``."""

    MONETARY_FUND = "imf-1"


class DisputeEvent:
    """Keys of the table ``dispute_events``."""

    GREEN_MARCH = "EV009"
    REPUBLIC_PROCLAIMED = "EV013"
    ALGERIA_RECOGNISES = "EV014"
    RELATIONS_BROKEN_1976 = "EV015"
    MOROCCO_LEAVES_OAU = "EV020"
    RELATIONS_RESTORED = "EV021"
    MISSION_CREATED = "EV025"
    CEASEFIRE = "EV026"
    VISAS_REQUIRED = "EV030"
    BORDER_CLOSED = "EV031"
    PIPELINE_OPENED = "EV033"
    VISAS_DROPPED = "EV042"
    AUTONOMY_PLAN = "EV044"
    JOINT_STAFF_INSTALLED = "EV049"
    MOROCCO_ENTERS_AU = "EV079"
    ROUND_TABLES = "EV082"
    TEXT_ON_THE_PLAN = "EV107"
    RELATIONS_SEVERED_2021 = "EV090"
    AIRSPACE_CLOSED = "EV091"
    TRANSIT_OF_GAS_ENDED = "EV092"
    VISAS_RESTORED = "EV103"


class Initiative:
    """Keys of the table ``initiatives``."""

    ACCRA = "ACCRA"
    ACCRA_FRAMEWORK = "ACCRA26"
    AES = "AES"
    AES_COURT = "AESCPS"
    AES_FORCE = "FUAES"
    AFRIPOL = "AFRIPOL"
    ALGIERS_CENTRE = "CAERT"
    AMU = "AMU"
    AMU_SECURITY = "AMUS"
    ARAB_INTERIOR = "AIMC"
    ATLANTIC = "ATL"
    BENIN_NIGER = "BENNER"
    BURKINA_NIGER = "BFNER"
    CEMOC = "CEMOC"
    CENSAD = "CENSAD"
    CENSAD_RELAUNCH = "CENSADR"
    CISSA = "CISSA"
    ECOWAS_MECHANISM = "ECOMECH"
    FIELD_COUNTRIES = "PDC"
    FIVE_PLUS_FIVE_DEFENCE = "FIVEFIVE"
    FIVE_PLUS_FIVE_INTERIOR = "CIMO"
    FRANCE_MALI = "MLIFRA"
    G5 = "G5S"
    G5_FORCE = "FCG5S"
    GHADAMES = "GHAD"
    IMAMS = "IMAM"
    LAKE_CHAD_FIRST = "MNJTF1"
    LAKE_CHAD = "MNJTF2"
    LAKE_CHAD_DECISION = "LCBC12"
    LIAISON_UNIT = "UFL"
    MALI_BURKINA = "MLIBFA2"
    MALI_RUSSIA = "MLIRUS"
    MARRAKECH_PLATFORM = "MARPLAT"
    NIGER_NIGERIA = "NGNR"
    NOUAKCHOTT = "NKC"
    OULEMA = "FM6OA"
    RAPID_FORCE = "ACIRC"
    SAHEL_PLATFORM = "UNPLAT"
    TRIPOLI_RABAT = "TRIP"
    UN_OFFICE_RABAT = "UNOCTR"


class Kidnapping:
    """Keys of the table ``kidnappings``."""

    AUSTRIANS = "H03"
    ARLIT_FREED_EARLY = "H10"
    ARLIT_FREED_LATE = "H11"
    NIAMEY = "H12"
    ITALIAN = "H13"
    TINDOUF = "H14"
    TIMBUKTU = "H16"
    GAO = "H18"


class Meeting:
    """Keys of the table ``meetings``."""

    NOUAKCHOTT_EIGHTH = "M090"


class MistrustEvent:
    """Keys of the table ``mistrust_events``."""

    PAYMENT_2003 = "ME003"
    HOSTAGE_KILLED = "ME020"
    RENAMED_AQIM = "ME010"
    RELEASE_2009 = "ME019"
    CAMATTE_SEIZED = "ME032"
    COURT_FREES = "ME037"
    MAURITANIA_RECALLS = "ME038"
    ALGERIA_RECALLS = "ME039"
    ADVISER_ON_RANSOMS = "ME050"
    HOSTAGE_AND_VICTIM = "ME055"
    CABLES_LEAKED = "ME058"
    EMBASSY_ATTACKED = "ME059"
    SEGOU_PLANNED = "ME070"
    SWEEP_ANNOUNCED = "ME071"
    BENKAN_BEGINS = "ME072"
    LATE_NOTICE = "ME074"
    INFORMERS_ARRESTED = "ME077"
    NORTH_LEFT_FREE = "ME089"
    ENVOY_ON_RANSOMS = "ME107"
    ALGERIA_RETURNS = "ME109"
    MAURITANIA_RETURNS = "ME110"
    CHARGE_ON_RADIO = "ME135"
    FIGHT_AT_BORDER = "ME158"
    SEVEN_ARRESTED = "ME165"


class PlacedEvent:
    """Keys of the table ``placed_events``: fights in towns that no other table places."""

    TAMANRASSET = 5481
    KIDAL = 152270


class PublishedFigure:
    """Keys of the table ``published_figures``."""

    ALGERIAN_ARMS = "FG31"
    MOROCCAN_ARMS = "FG32"
    RECOGNISING_STATES = "FG42"
    TIES_CUT = "FG44"
    FUEL_SMUGGLED = "FG71"
    TRADE_2021 = "FG72"
    TRADE_2023 = "FG73"


class RegionEvent:
    """Keys of the table ``region_events``."""

    REVOLT = "RE001"
    MALI_2012 = "RE002"
    SERVAL_BEGINS = "RE022"
    BARKHANE_BEGINS = "RE046"
    BARKHANE_ENDS = "RE193"
    TAKUBA_BEGINS = "RE098"
    TAKUBA_ENDS = "RE179"
    MINUSMA_BEGINS = "RE035"
    MINUSMA_ENDS = "RE246"
    MINUSMA_TO_LEAVE = "RE208"
    WAGNER_ARRIVES = "RE145"
    WAGNER_ENDS = "RE349"
    ACCORD_SIGNED = "RE057"
    ACCORD_ENDED = "RE250"
    ALLIANCE_FOUNDED = "RE224"
    LEFT_ECOWAS = "RE317"
    RELATIONS_CUT = "RE129"
    ENVOYS_RECALLED_2025 = "RE334"
    MURABITUN_FOUNDED = "RE036"
    PLEDGE_TO_THE_ISLAMIC_STATE = "RE054"
    JNIM_FOUNDED = "RE075"
    LIBERATION_FRONT_FOUNDED = "RE301"
    FRANCE_OUT_OF_MALI = "RE187"
    FRANCE_OUT_OF_NIGER = "RE244"
    BLOCKADE = "RE368"
    OFFENSIVE = "RE436"
    MALI_2020 = "RE103"
    MALI_2021 = "RE120"
    BURKINA_JANUARY = "RE151"
    BURKINA_SEPTEMBER = "RE190"
    NIGER_2023 = "RE211"
    KIDAL_VISIT = "RE551"
    KIDAL_LOST = "RE038"
    REBELS_AT_WAR = "RE222"
    BOUREM = "RE223"
    BOUNTI = "RE552"
    UNION_COURT = "RE553"
    DANES_SENT_AWAY = "RE152"
    FRENCH_ENVOY_EXPELLED = "RE156"
    ALLIANCE_AND_RUSSIA = "RE333"
    COURT_NEEDS_CONSENT = "RE373"
    TALKS_WITH_ECOWAS = "RE399"
    LAKE_CHAD_AUTHORISED = "RE050"
    G5_FOUNDED = "RE037"
    MOROCCO_IN_UNION = "RE072"
    G5_FORCE_LAUNCHED = "RE078"
    SEVARE = "RE085"
    MALI_SUSPENDED_2020 = "RE104"
    MALI_SUSPENDED_2021 = "RE121"
    BARKHANE_TO_END = "RE124"
    ABANDONMENT = "RE130"
    MALI_SHUT_OFF = "RE147"
    BURKINA_SUSPENDED = "RE154"
    FRANCE_TO_LEAVE_MALI = "RE161"
    MALI_ASKS_FRANCE = "RE162"
    MOURA = "RE167"
    LAKE_SANITY = "RE168"
    MALI_LEAVES_G5 = "RE174"
    MALI_EASED = "RE180"
    BURKINA_ENDS_ACCORD = "RE202"
    MINUSMA_MANDATE_ENDS = "RE209"
    NIGER_SANCTIONED = "RE213"
    NIGER_ENDS_ACCORDS = "RE215"
    FRANCE_TO_LEAVE_NIGER = "RE225"
    KIDAL_TAKEN = "RE233"
    G5_LEFT = "RE236"
    G5_TO_END = "RE238"
    ATLANTIC_OFFER = "RE438"
    FLAG_LOWERED = "RE240"
    CORPS_IN_BURKINA = "RE249"
    EXIT_FROM_ECOWAS = "RE251"
    NIGER_EASED = "RE253"
    CORPS_IN_NIGER = "RE258"
    LAKE_SANITY_2 = "RE259"
    CONFEDERATION = "RE270"
    TINZAOUATEN = "RE274"
    BARSALOGHO = "RE284"
    CHAD_MAY_LEAVE = "RE297"
    NIGER_LEAVES_LAKE_CHAD = "RE331"
    DRONE = "RE332"
    MALI_LEAVES_STAFF = "RE335"
    AIRSPACE_SHUT_2025 = "RE337"
    TANKERS_BURNT = "RE370"
    CONTACTS_WITH_JNIM = "RE377"
    ALGERIA_HOLDS_OUT_HAND = "RE384"
    FORCE_GETS_BANNER = "RE398"
    NIAMEY_BASE = "RE411"
    ALGERIA_AND_NIGER_MEND = "RE425"
    MALI_ON_SAHARA = "RE435"
    RUSSIA_STAYS = "RE437"
    SPAIN_BACKS_PLAN = "RE165"
    MOROCCO_BACK_IN_MADRID = "RE490"


TABLES = {
    "actors": Actor,
    "allegations": Allegation,
    "cost_estimates": CostEstimate,
    "dispute_events": DisputeEvent,
    "initiatives": Initiative,
    "kidnappings": Kidnapping,
    "meetings": Meeting,
    "mistrust_events": MistrustEvent,
    "placed_events": PlacedEvent,
    "published_figures": PublishedFigure,
    "region_events": RegionEvent,
}
