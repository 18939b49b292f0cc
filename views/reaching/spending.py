"""What a campaign cost, for what, and what one additional person cost: a section of its page."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from campaigns.price_table import own_price_table, price_table, read_price_table, replace_price_table
from campaigns.records import Campaign, Money
from campaigns.store import Store
from metrics.costs import (
    Converted,
    Cost,
    Counted,
    Prices,
    converted,
    cost_per_delivered,
    cost_per_person_reached,
    cost_plane,
    delivered_in,
    media_paid,
    money_in,
    restated,
    worth,
)
from metrics.estimates import NotEstimable
from metrics.evaluation import Evaluation
from views import page
from views.address import choose
from views.charts.costs import plane_chart
from views.evaluations import daily
from views.wording.costs import (
    COUNTED,
    PARTS,
    conversion_sentence,
    delivered_basis,
    delivered_label,
    price_year_sentence,
    worth_sentence,
)
from views.wording.disclosing import STANDARD, Profile, shown_cost, shown_estimate
from views.wording.figures import cost_label, cost_sentence
from views.wording.language import Words
from views.wording.reasons import refusal_sentence
from views.wording.terms import country_name, currency_name

SEED = 1
OTHERS = ("EUR", "USD", "GBP", "CHF")  # what ministries and funds report in


def show_costs(store: Store, evaluation: Evaluation, words: Words, notes: page.Notes) -> None:
    """What was spent, what one of each result cost, the plane of outcomes, and how money was made comparable."""
    campaign = evaluation.campaign
    st.header(words("What did it cost?"), anchor=False)
    answer = st.container()
    prices = _prices(store, words)
    into = _wished(campaign, prices, words)
    person = _person(evaluation, into, page.profile())
    answer.markdown(cost_sentence(person, words))
    _show_spending(campaign, into, words)
    figures = results_table(evaluation, daily(store, campaign), prices, into, words, profile=page.profile())
    counted = figures.columns[-1]
    page.show_table(figures.drop(columns=counted), words)
    st.caption(
        page.bullets(
            [
                words("{result}: {counted}", result=words.text(result), counted=words.text(said, longest=400))
                for result, said in zip(figures.iloc[:, 0], figures[counted], strict=True)
            ]
        )
    )
    page.offer_csv(figures, words, name=f"{campaign.id}-costs", notes=notes)
    if person.estimate is not None:
        _show_plane(evaluation, into, words, notes)
    _how(store, words)


def results_table(
    evaluation: Evaluation,
    days: pd.DataFrame,
    prices: Prices | None,
    into: Converted | None,
    words: Words,
    *,
    profile: Profile | None = STANDARD,
) -> pd.DataFrame:
    """Money for a person reached, a completed view, a click, an additional person; undefined is said as undefined."""
    campaign, delivery = evaluation.campaign, evaluation.delivery
    words = words.in_files
    rows = []
    for counted in Counted:
        pair = []
        for everything in (False, True):
            if counted == Counted.REACHED:
                money = campaign.spending.total if everything else media_paid(delivery.spend, campaign.spending)
                cost = cost_per_person_reached(
                    money,
                    delivery.reach_low,
                    delivery.reach_high,
                    everywhere=delivery.reach_everywhere,
                    everything=everything,
                )
            else:
                cost = cost_per_delivered(counted, days, campaign.spending, everything=everything, prices=prices)
            pair.append(delivered_in(cost, into) if into else cost)
        rows.append(
            {
                words("Cost of one"): words(COUNTED[counted]),
                words("Paid to platforms only"): delivered_label(pair[0], words),
                words("With production and staff"): delivered_label(pair[1], words),
                words("Counted"): delivered_basis(next((cost for cost in pair if cost.reason is None), pair[1]), words),
            }
        )
    person = _person(evaluation, into, profile)
    basis = words("Effect with its range; costs as known.")
    rows.append(
        {
            words("Cost of one"): words("Additional person"),
            words("Paid to platforms only"): "—",
            words("With production and staff"): cost_label(person, words),
            words("Counted"): refusal_sentence(person.reason, words) if person.reason else basis,
        }
    )
    return pd.DataFrame(rows)


def _prices(store: Store, words: Words) -> Prices | None:
    try:
        return Prices.of(price_table(store))
    except (ValueError, UnicodeDecodeError) as mistake:
        st.warning(
            words(
                "The organisation's own table of exchange rates cannot be used, so nothing is converted: {why}",
                why=words.text(str(mistake)),
            )
        )
        return None


def _wished(campaign: Campaign, prices: Prices | None, words: Words) -> Converted | None:
    """The factors into the currency that the reader wants, at prices of the year in which the campaign ended."""
    spent = campaign.spending.total
    if spent is None:
        return None
    year = campaign.end.year
    options = [spent.currency, *(code for code in OTHERS if code != spent.currency)]
    chosen = choose(
        words("Show costs in"),
        options,
        name="currency",
        shown=lambda code: f"{code} · {currency_name(code, words)}",
        usual=spent.currency,
    )
    if chosen in (None, spent.currency):
        st.caption(price_year_sentence(spent.currency, year, words))
        return None
    years = sorted({year for _, year in prices.exchange}) if prices else []
    wished = choose(
        words("At prices of"),
        [str(one) for one in reversed(years)],
        name="prices",
        shown=str,
        usual=str(year) if year in years else None,
        placeholder=words("Choose a year"),
    )
    if prices is None or chosen is None:
        return None
    country = campaign.audience.countries[0]
    into = converted(spent, spent_in=year, country=country, currency=chosen, year=int(wished or year), prices=prices)
    if isinstance(into, NotEstimable):
        st.warning(
            words(
                "{why} Costs stay in {currency}.",
                why=refusal_sentence(into.reason, words),
                currency=spent.currency,
            )
        )
        return None
    st.caption(conversion_sentence(spent, into, year, country_name(country, words), words))
    return into


def _show_spending(campaign: Campaign, into: Converted | None, words: Words) -> None:
    """What was paid, by purpose."""
    spending, rows = campaign.spending, []
    for name, label in PARTS.items():
        part: Money | None = getattr(spending, name)
        rows.append((words(label), words.money(_in(part, into)) if part is not None else words("not known")))
    if spending.total is not None:
        total = (words("Total of platforms, production and staff"), words.money(_in(spending.total, into)))
        rows.insert(len(rows) - 1, total)
    table = pd.DataFrame(rows, columns=[words("Paid for"), words("Amount")])
    st.table(table, hide_index=True, border="horizontal")


def _person(evaluation: Evaluation, into: Converted | None, profile: Profile | None) -> Cost:
    """What one additional person cost, where that may be shown."""
    cost = shown_cost(evaluation, profile)
    return restated(cost, into) if into else cost


def _in(money: Money, into: Converted | None) -> Money:
    return money_in(money, into) if into else money


def _show_plane(evaluation: Evaluation, into: Converted | None, words: Words, notes: page.Notes) -> None:
    """The cloud of outcomes, and what the campaign was worth at a price that the reader names."""
    estimate, spent = shown_estimate(evaluation, page.profile()), evaluation.campaign.spending.total
    people = evaluation.cost.people
    if estimate is None or spent is None or people is None:
        return
    money = _in(spent, into)
    plane = cost_plane(estimate, people=people, spend=money, rng=np.random.default_rng(SEED))
    name = f"{evaluation.campaign.id}-plane"
    picture = page.drawn_once(words, name, lambda: plane_chart(plane, words), of=(people, money))
    page.show_picture(picture, words, name=name, notes=notes)
    if not math.isfinite(plane.likely_price):
        return
    price = st.number_input(
        words("What is one additional person worth to you, in {currency}?", currency=money.currency),
        min_value=0.0,
        value=float(plane.likely_price),
        key=f"worth-{evaluation.campaign.id}-{money.currency}",
    )
    if price > 0:
        found = worth(estimate, people=people, spend=money, price=price)
        st.markdown(worth_sentence(found, money.currency, words))


def _how(store: Store, words: Words) -> None:
    """Where costs come from, how their ranges are made, and the table of rates, which may be replaced."""
    with st.expander(words("How are costs worked out?")):
        st.markdown(
            page.bullets(
                [
                    words("Costs are those of the campaign's record; its evaluation is not part of the total."),
                    words(
                        "Views and clicks: the money of all days divided by the results of all days; the range is "
                        "Fieller's with days as what varies, because the results below the line vary as well as the "
                        "money."
                    ),
                    words(
                        "People reached are never added up over days or platforms: the true cost lies between the two "
                        "bounds."
                    ),
                    words(
                        "Money of another year follows the consumer prices of the country, then the mean exchange "
                        "rate of the year wanted. A year or currency that the table lacks is refused."
                    ),
                ]
            )
        )
        own = own_price_table(store)
        st.markdown(
            words("Exchange rates and prices: your organisation's own table.")
            if own
            else words("Exchange rates and prices: the table that comes along (European Central Bank, World Bank).")
        )
        content = price_table_bytes(store)
        st.download_button(
            words("The table of exchange rates and prices (CSV)"), content, file_name="rates.csv", mime="text/csv",
            on_click="ignore",
        )  # fmt: skip
        _replace(store, words)
        if own and st.button(words("Go back to the table that comes along"), key="rates-back"):
            replace_price_table(store, None, person=page.PERSON)
            st.rerun()


def price_table_bytes(store: Store) -> bytes:
    """The table that counts, as a file."""
    return price_table(store).to_csv(index=False).encode()


def _replace(store: Store, words: Words) -> None:
    given = st.file_uploader(words("Use a table of your own"), type="csv", key="rates-own", max_upload_size=1)
    if given is None:
        return
    content = given.getvalue()
    try:
        Prices.of(read_price_table(content))
    except (ValueError, UnicodeDecodeError) as mistake:
        st.error(words("This table cannot be used: {why}", why=words.text(str(mistake))))
        return
    if st.button(words("Use it from now on"), key="rates-use", type="primary"):
        replace_price_table(store, content, person=page.PERSON)
        st.rerun()
