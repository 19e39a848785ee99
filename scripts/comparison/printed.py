"""The figures that a report prints, held against what the predictions give: each has to round to what stands there."""

import html
import re

import numpy as np
from scipy import stats

from resampling import GOLDEN, mix, wilson

NAMES = {
    "average precision": "average_precision", "Brier score ↓": "brier", "log loss ↓": "log_loss",
    "calibration error ↓": "expected_calibration_error", "accuracy": "accuracy", "sensitivity": "sensitivity",
    "specificity": "specificity", "positive predictive value": "precision",
    "negative predictive value": "negative_predictive_value", "partial AUC, specificity ≥ 0.90": "partial_auc_specificity_90",
    "sensitivity at specificity 0.90": "sensitivity_at_specificity_90",
    "specificity at sensitivity 0.90": "specificity_at_sensitivity_90", "balanced accuracy": "balanced_accuracy", "F1": "f1",
    "Matthews correlation": "matthews_correlation"}


class Page:
    """Tables and descriptions of a report, as text."""

    def __init__(self, path):
        text = path.read_text()
        self.text = html.unescape(re.sub("<[^>]+>", "", text))
        self.tables = []
        for table in re.findall("<table>.*?</table>", text, re.S):
            caption = self.plain(re.search("<caption>(.*?)</caption>", table, re.S)[1])
            rows = [[self.plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                    for row in re.findall("<tr[^>]*>(.*?)</tr>", table, re.S)]
            self.tables.append((caption, rows[0], rows[1:]))

    @staticmethod
    def plain(cell):
        return html.unescape(re.sub("<[^>]+>", "", cell)).replace("−", "-").replace(",", "")


def printed(check, what, cell, values):
    """Every number of a cell, in its order."""
    found = re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?", cell.replace("– -", "– -"))
    check(f"report: numbers of {what}", len(found), len(values))
    for text, value in zip(found, values):
        digits = len(text.partition(".")[2])
        # Counts are exact; `check` takes a share of what is greater than 1.
        rounding = 0.5 * 10.0**-digits + 1e-9 if digits else 0
        check(f"report: {what}", float(text), float(value), rounding / max(1, abs(value)))


def check_report(check, path, tables, labels, known, areas, parts):
    """`known` are each row's figures; `parts` the AUC and interval of a row on a part of the cases, by their names."""
    page = Page(path)
    for caption, titles, rows in page.tables:
        for row in rows:
            name = row[0]
            if caption.startswith("AUC over the same"):
                printed(check, f"{name} AUC", row[2], [areas[name].auc])
                printed(check, f"{name} interval", row[3], areas[name].interval)
            elif caption.startswith("Other figures") and name.startswith("… of a perfect one"):
                for model, cell in zip(titles[1:], row[1:]):
                    printed(check, f"{model} {name}", cell, by_chance(tables[model].rows[:, 1]))
            elif caption.startswith("Other figures") and name in NAMES:
                for model, cell in zip(titles[1:], row[1:]):
                    value, interval = known[model][NAMES[name]]
                    printed(check, f"{model} {name}", cell, [value, *interval])
            elif "called positive from" in caption:
                check_rate(check, caption.split(" called")[0], row, tables, labels)
            elif caption.startswith("AUC with its 95 % interval by"):
                for model, cell in zip(titles[3:], row[3:]):
                    printed(check, f"{model} {name}", cell, [parts[name, model][0], *parts[name, model][1]])
            elif caption == "Cases by part and class" and re.fullmatch(r"fold \d+|all folds", name):
                folds = next(iter(tables.values())).folds
                held = np.ones(len(labels), bool) if name == "all folds" else folds == int(name.split()[1])
                counts = np.bincount(labels[held])
                for cell, count in zip(row[1:], [held.sum(), *counts]):
                    printed(check, f"cases of {name}", cell, [count])
    for model, table in tables.items():
        check_bins(check, page.text, model, table.rows[:, 1], labels)
    stated = r"all such cases lies between (.*?)\. Predictive.*?here, a share of .*? is positive\.(.*?), called"
    for ends, model in re.findall(stated, page.text):
        scores = tables[model].rows[labels == 1, 1]
        printed(check, f"{model} threshold", ends, [threshold_end(np.sort(scores), one) for one in (0.025, 0.975)])


def check_rate(check, model, row, tables, labels):
    """At the highest threshold with a sensitivity of 0.9."""
    scores = tables[model].rows[:, 1]
    threshold = max(t for t in scores if (scores[labels == 1] >= t).mean() >= 0.9)
    called = scores >= threshold
    among, right = {
        "sensitivity": (labels == 1, called), "specificity": (labels == 0, ~called),
        "positive predictive value": (called, labels == 1), "negative predictive value": (~called, labels == 0)}[row[0]]
    hits, cases = (among & right).sum(), among.sum()
    printed(check, f"{model} {row[0]}", " ".join(row[1:]), [hits, cases, hits / cases, *wilson(hits / cases, cases)])


def threshold_end(ordered, certainty):
    """What is above the threshold for a sensitivity of 0.9 with a chance: between two ranks (Nyblom 1992); 0 or 1 where there are too
    few cases to say."""
    n = len(ordered)
    chances = stats.binom.cdf(np.arange(n + 1), n, 0.1)
    below = np.searchsorted(chances, certainty, side="right") - 1
    if below < 0 or below + 1 >= n:
        return 0 if below < 0 else 1
    short, beyond = certainty - chances[below], chances[below + 1] - certainty
    odds = (below + 1) * 0.9 * beyond / ((n - below - 1) * 0.1 * short)
    return ordered[below] + (ordered[below + 1] - ordered[below]) / (1 + odds)


def by_chance(said):
    """Between what 95 % of perfectly calibrated ones would show: 1,000 sets of labels from the probabilities, from seed 1."""
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], said)
    state = mix(np.uint64(1) ^ mix(np.arange(1000, dtype=np.uint64) + GOLDEN))[:, None]
    drawn = mix(state + np.arange(1, len(said) + 1, dtype=np.uint64) * GOLDEN) & np.uint64(2**53 - 1)
    away = said - (drawn * 2.0**-53 < said)
    errors = sum(abs(away[:, bins == one].sum(1)) for one in np.unique(bins)) / len(said)
    return np.quantile(errors, [0.025, 0.975])


def check_bins(check, text, model, scores, labels):
    """The reliability curve, as its description says it."""
    _, _, said = text.partition(f"{model}: Calibration")
    if not said:
        return
    points = re.findall(r"Said ([\d.]+): came true for ([\d,]+) of ([\d,]+)", said[:said.index("predicted probability")])
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], scores)
    used = np.unique(bins)
    expected = [value for one in used
                for value in (scores[bins == one].mean(), labels[bins == one].sum(), (bins == one).sum())]
    printed(check, f"{model} reliability", " ".join(" ".join(one) for one in points).replace(",", ""), expected)
