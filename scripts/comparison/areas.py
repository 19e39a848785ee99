"""AUCs, their intervals and their paired test, after DeLong, DeLong and Clarke-Pearson 1988, with all pairs of cases written out."""

import math

import numpy as np
from scipy import integrate, stats

Z = stats.norm.ppf(0.975)


def placements(scores, own):
    """For each case of a class, and for each other one, how many of the others stand in order with it; a tie counts half."""
    x, y = scores[own][:, None], scores[~own][None, :]
    wins = (x > y) + 0.5 * (x == y)
    return wins.sum(1), wins.sum(0)


class Area:
    """The AUC of class 1 of two, or the mean over more classes, each against the rest."""

    def __init__(self, rows, labels):
        classes = rows.shape[1]
        self.parts = np.zeros(len(labels))
        areas = []
        for one in [1] if classes == 2 else range(classes):
            own = labels == one
            above, below = placements(rows[:, one], own)
            pairs = len(above) * len(below)
            areas.append(above.sum() / pairs)
            # Exact multiples of a half, so that equal rankings give a difference of exactly 0.
            scale = 1 if classes == 2 else pairs * classes
            self.parts[own] += above / scale
            self.parts[~own] += below / scale
        self.auc = sum(areas) / len(areas)
        self.classes, self.labels = classes, labels
        self.smallest = np.bincount(labels, minlength=classes).min()
        self.variance = self.spread(self.parts)
        self.interval = None
        if self.smallest > 1:
            self.interval = scaled_interval(self.auc, self.variance, self.smallest, self.degrees(self.parts))

    def spread(self, parts):
        if self.smallest < 2:
            return math.nan
        split = [parts[self.labels == one] for one in range(self.classes)]
        if self.classes == 2:
            (n, m), (b, a) = map(len, split), split
            return a.var(ddof=1) / (n * n * m) + b.var(ddof=1) / (m * m * n)
        variance = sum(len(part) * part.var(ddof=1) for part in split)
        return 0 if variance < 1e-24 else variance

    def degrees(self, parts):
        """Satterthwaite's, rounded down; None where nothing varies."""
        split = [parts[self.labels == one] for one in range(self.classes)]
        each = np.array([part.var(ddof=1) * len(part) for part in split])
        if self.classes == 2:
            each = each / np.prod([float(len(part)) for part in split]) ** 2
        if each.sum() < (1e-24 if self.classes > 2 else 1e-300):
            return None
        return int(each.sum() ** 2 / sum(one**2 / (len(part) - 1) for one, part in zip(each, split)) + 1e-9)

    def against(self, other):
        """Difference, p and interval (Zou and Yue 2013)."""
        variance = self.spread(self.parts - other.parts)
        difference = self.auc - other.auc
        if variance > 0:
            value = 2 * stats.norm.sf(abs(difference) / math.sqrt(variance))
        else:
            value = 1.0 if difference == 0 else 2.0 ** (1 - int(self.smallest))
        scale = math.sqrt(self.variance * other.variance)
        known = scale > 0
        r = np.clip((self.variance + other.variance - variance) / (2 * scale), -1, 1) if known else 0
        if variance == 0 and known:
            return difference, value, [difference, difference]

        def reach(x, y):
            return math.sqrt(max(0, x * x + y * y - 2 * r * x * y))

        (low, high), (bottom, top) = self.interval, other.interval
        down, up = reach(self.auc - low, top - other.auc), reach(high - self.auc, other.auc - bottom)
        return difference, value, [max(-1, difference - down), min(1, difference + up)]


def scaled_interval(share, variance, pairs, degrees=None, scale=stats.logistic):
    """Symmetric on the scale of a distribution's quantiles, by default the logit scale; by Student's quantile where there are
    degrees of freedom. Open at 0 and 1, where so many pairs of cases that share none all stand in order."""
    if share >= 1:
        return [0.025 ** (1 / pairs), 1]
    if share <= 0:
        return [0, 1 - 0.025 ** (1 / pairs)]
    quantile = Z if degrees is None else stats.t.ppf(0.975, degrees)
    middle = scale.ppf(share)
    width = quantile * math.sqrt(variance) / scale.pdf(middle)
    return [scale.cdf(middle + side * width) for side in (-1, 1)]


def similarity(a, b, labels):
    """The correlation of the normal scores of two rankings, the mean of both classes'; None where it is undefined."""
    found = []
    for one in (0, 1):
        own = [stats.norm.ppf(stats.rankdata(scores[labels == one]) / ((labels == one).sum() + 1)) for scores in (a, b)]
        if len(own[0]) < 2 or any(np.ptp(part) == 0 for part in own):
            return None
        found.append(np.corrcoef(*own)[0, 1])
    return float(np.mean(found))


def detectable(positives, negatives, auc, correlation, level):
    """The smallest difference found four times of five in the binormal model; None where no AUC below 1 is far enough."""

    def joint(x, y, r):
        def density(angle):
            sine = math.sin(angle)
            if x == y:
                return math.exp(-x * x / (1 + sine))
            return math.exp(-(x * x + y * y - 2 * x * y * sine) / (2 * (1 - sine * sine)))

        return integrate.quad(density, 0, math.asin(r), epsabs=1e-14, epsrel=1e-13)[0] / (2 * math.pi)

    def covariance(x, y, r):
        return (joint(x, y, r) + (positives + negatives - 2) * joint(x, y, r / 2)) / (positives * negatives)

    def excess(difference):
        low, high = stats.norm.ppf(auc), stats.norm.ppf(auc + difference)
        variance = covariance(low, low, 1) + covariance(high, high, 1) - 2 * covariance(low, high, correlation)
        return difference / math.sqrt(variance) - stats.norm.isf(level / 2) - stats.norm.ppf(0.8)

    steps = np.linspace(0, 1 - auc, 201)[1:-1]
    first = next((i for i, step in enumerate(steps) if excess(step) >= 0), None)
    if first is None:
        return None
    low, high = steps[first - 1] if first else 1e-9, steps[first]
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if excess(middle) >= 0 else (middle, high)
    return high
