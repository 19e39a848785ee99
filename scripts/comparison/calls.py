"""Intervals of figures of which class each case is called."""

import math

import numpy as np
from scipy import optimize
from sklearn import metrics

from areas import Z
from resampling import bca, wilson


def f1_interval(labels, calls, classes):
    """Of class 1 of two, or of the mean of more: F1 = 2 J / (1 + J), and J, Jaccard's index, is a rate.

    Of a mean Wilson's intervals at one quantile, at which they add up to 1.96 standard errors of the mean (Yan and Su 2010); a
    case of one class called another is wrong for both.
    """
    counts = metrics.confusion_matrix(labels, calls, labels=range(classes))
    touched = counts.sum(0) + counts.sum(1) - np.diag(counts)
    used = np.array([1]) if classes == 2 else np.flatnonzero(touched)
    right, cases = np.diag(counts)[used], touched[used]
    if not cases.all():
        return None
    shares, wrong = right / cases, cases - right
    with np.errstate(all="ignore"):
        odds = np.sqrt(shares / wrong)
    odds[wrong == 0] = 0
    related = (counts + counts.T)[np.ix_(used, used)] * np.outer(odds, odds)
    np.fill_diagonal(related, 1)

    def excess(z):
        centres = (right + z * z / 2) / (cases + z * z)
        errors = np.sqrt(right * wrong / cases + z * z / 4) / (cases + z * z) * 2 / (1 + centres) ** 2
        return z * errors.sum() - Z * math.sqrt(errors @ related @ errors)

    z = optimize.brentq(excess, 1e-3, Z + 1e-9, xtol=1e-15) if len(used) > 1 else Z
    ends = np.array([wilson(share, n, z) for share, n in zip(shares, cases)])
    return list((2 * ends / (1 + ends)).mean(0))


def matthews(counts):
    own, called, all = counts.sum(1), counts.sum(0), counts.sum()
    of_labels, of_calls = all * all - (own * own).sum(), all * all - (called * called).sum()
    if of_labels <= 0 or of_calls <= 0:
        return math.nan if of_labels <= 0 else 0.0
    return (np.trace(counts) * all - (own * called).sum()) / math.sqrt(of_labels * of_calls)


def matthews_interval(labels, calls, classes):
    """BCa's interval; where each class's cases are all called alike, from Wilson's intervals of that, squared and added."""
    counts = metrics.confusion_matrix(labels, calls, labels=range(classes)).astype(float)
    if ((counts > 0).sum(1) > 1).any():
        return bca(matthews, labels, calls, classes)
    value, down, up = matthews(counts), 0, 0
    for one, size in enumerate(counts.sum(1)):
        strayed, moved = size * (1 - wilson(1, size)[0]), counts.copy()
        moved[one] = np.where(counts[one] > 0, size - strayed, strayed / (classes - 1))
        distance = matthews(moved) - value
        down, up = down + min(distance, 0) ** 2, up + max(distance, 0) ** 2
    return [max(-1, value - math.sqrt(down)), min(1, value + math.sqrt(up))]
