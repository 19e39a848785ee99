"""Bootstraps, jackknives and the inverted test of a calibration error.

A bootstrap's draws are its own: those of SplitMix64 (Steele, Lea and Flood 2014) from seed 0, written again, so that even its
ends can be compared.
"""

import math

import numpy as np
from scipy import optimize, stats

from areas import Z, scaled_interval

REPLICATES = 2000
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def draws(sizes):
    """For each replicate and stratum places within it, drawn with replacement."""
    state = mix(mix(np.arange(REPLICATES, dtype=np.uint64) + GOLDEN))[:, None]
    values = mix(state + np.arange(1, sum(sizes) + 1, dtype=np.uint64)[None, :] * GOLDEN)
    parts = np.split(values, np.cumsum(sizes)[:-1], axis=1)

    def place(part, size):
        """The high half of the product of 64 bits."""
        high, low = part >> np.uint64(32), part & np.uint64(0xFFFFFFFF)
        return ((high * np.uint64(size) + (low * np.uint64(size) >> np.uint64(32))) >> np.uint64(32)).astype(int)

    return [place(part, size) for part, size in zip(parts, sizes)]


def bca(figure, labels, calls, classes):
    """Efron's BCa interval of a figure of how often cases of each class are called each."""
    cells, size = labels * classes + calls, classes * classes
    drawn = cells[draws([len(cells)])[0]] + size * np.arange(REPLICATES)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=size * REPLICATES).reshape(REPLICATES, classes, classes)
    values = np.array([figure(one) for one in counts])
    values = values[np.isfinite(values)]
    if (REPLICATES - len(values)) * 20 > REPLICATES:
        return None
    whole = np.bincount(cells, minlength=size)
    estimate = figure(whole.reshape(classes, classes))
    left, often = [], []
    for cell in np.flatnonzero(whole):
        less = whole.copy()
        less[cell] -= 1
        left.append(figure(less.reshape(classes, classes)))
        often.append(whole[cell])
    if not np.isfinite(left).all():
        return None
    influence = np.average(left, weights=often) - np.array(left)
    second, third = (np.sum(often * influence**power) for power in (2, 3))
    acceleration = third / (6 * second**1.5) if second > 0 else 0
    below = (values < estimate).sum() + 0.5 * (values == estimate).sum()
    bias = stats.norm.ppf(np.clip(below, 0.5, len(values) - 0.5) / len(values))
    shifted = bias + np.array([-Z, Z])
    return sorted(np.quantile(values, stats.norm.cdf(bias + shifted / (1 - acceleration * shifted))))


def bootstrap_t(losses, most):
    """Of a mean that is at most `most`, with distances between logarithms in each replicate's own standard errors."""
    mean, error = losses.mean(), losses.std(ddof=1) / math.sqrt(len(losses))
    if error == 0:
        return [mean, mean]
    drawn = losses[draws([len(losses)])[0]]
    means, errors = drawn.mean(1), drawn.std(1, ddof=1) / math.sqrt(len(losses))
    with np.errstate(all="ignore"):
        distances = (np.log(means) - math.log(mean)) * means / errors
    distances = distances[np.isfinite(distances)]
    if (REPLICATES - len(distances)) * 20 > REPLICATES:
        return None
    low, high = np.quantile(distances, [0.025, 0.975])
    return [min(most, mean * math.exp(-end * error / mean)) for end in (high, low)]


def operating_rate(own, others, share, estimate):
    """Wilson's for as many cases as the variance is worth: at a known threshold, and by the chance of a quantile's rank, less what
    few own cases add to that."""
    size, count, others = len(own), len(others), np.sort(others)
    above = 1 - np.searchsorted(np.sort(own), others, side="right") / size
    # Beyond the first and the last of the others a quarter of what lies there.
    nodes = np.array([above[0] + (1 - above[0]) / 4, *above, 0.75 * above[-1]])
    a, b = share * count + 0.5, (1 - share) * count + 0.5
    middle, reach = a / (a + b), 8 * math.sqrt(a * b / (a + b) ** 2 / (a + b + 1))
    edges = np.linspace(max(0, middle - reach), min(1, middle + reach), 401)
    steps = (edges[1:] + edges[:-1]) / 2
    weights = stats.beta.pdf(steps, a, b)
    weights /= weights.sum()
    rates = np.interp(steps * (count + 1), np.arange(count + 2), nodes)
    mean = weights @ rates
    half = weights @ np.abs(np.subtract.outer(rates, rates)) @ weights / 2
    spread = max(0, weights @ (rates - mean) ** 2 - half / size) * size / (size - 1)
    doubt = stats.t.ppf(0.975, count - 1) / Z
    binomial = mean * (1 - mean)
    variance = binomial / size + spread * doubt * doubt
    rate = np.mean(own > np.quantile(others, share, method="hazen"))
    low, high = wilson(rate, min(size, binomial / variance) if variance > 0 else size)
    return [min(estimate, low), max(estimate, high)]


def wilson(rate, cases, z=Z):
    middle = (rate * cases + z * z / 2) / (cases + z * z)
    half = z / (cases + z * z) * math.sqrt(rate * (1 - rate) * cases + z * z / 4)
    return [0 if rate == 0 else max(0, middle - half), 1 if rate == 1 else min(1, middle + half)]


def mean_of_rates(hits, cases):
    """Wilson's intervals at one quantile, at which they add up to 1.96 standard errors of the mean (Yan and Su 2010)."""
    rates = hits / cases

    def excess(z):
        errors = np.sqrt(rates * (1 - rates) * cases + z * z / 4) / (cases + z * z)
        return z * errors.sum() - Z * math.sqrt((errors**2).sum())

    z = optimize.brentq(excess, 1e-3, Z, xtol=1e-15) if len(hits) > 1 else Z
    return list(np.mean([wilson(rate, n, z) for rate, n in zip(rates, cases)], axis=0))


def jackknife(figure, rows, labels, low=0, scale=stats.logistic):
    """On the logit or another scale of what a figure between `low` and 1 can be."""
    estimate = figure(labels, rows)
    left = np.array([figure(np.delete(labels, i), np.delete(rows, i, axis=0)) for i in range(len(labels))])
    variance = (len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum()
    share = (estimate - low) / (1 - low)
    share = 1 if abs(share - 1) < 1e-12 else 0 if abs(share) < 1e-12 else share
    ends = scaled_interval(share, variance / (1 - low) ** 2, np.bincount(labels).min(), scale=scale)
    return [low + (1 - low) * end for end in ends]


def expected(bound):
    """The 95 % of values to be expected of a mean so many standard deviations above the least there is (Feldman and Cousins
    1998): those of the greatest likelihood, compared with that of the likeliest mean."""
    if bound >= Z:
        return -Z, Z
    if bound <= 0:
        return -math.inf, stats.norm.ppf(0.95)

    def lower(upper):
        return -upper if upper <= bound else -(upper**2 + bound**2) / (2 * bound)

    upper = optimize.brentq(
        lambda upper: stats.norm.cdf(upper) - stats.norm.cdf(lower(upper)) - 0.95, 1.6, 2, xtol=1e-15)
    return lower(upper), upper


def calibration_error(said, came):
    """The expected calibration error in ten bins, and its interval: between the errors of the two classifiers under which what
    was observed is at an end of what is expected, by mean, variance and skewness of what each shows (Cornish and Fisher 1938)."""
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], said)
    used, cases = np.unique(bins, return_counts=True)
    hits = np.array([came[bins == one].sum() for one in used])
    mean = np.array([said[bins == one].mean() for one in used])
    n = len(came)
    observed = abs(cases * mean - hits).sum() / n

    def model(excess):
        rate = np.clip(mean + excess * (hits - cases * mean) / (cases + 1), 0, 1)
        away = cases * (mean - rate) / n
        square = cases / n * (rate * (mean - 1) ** 2 + (1 - rate) * mean**2)
        spread = (np.diag(square) - np.outer(away, away)) / n
        own = np.sqrt(np.maximum(np.diag(spread), 0))
        fixed = own == 0
        own[fixed] = 1
        means = np.where(fixed, abs(away), stats.foldnorm.mean(abs(away) / own, scale=own))
        signs = np.where(fixed, np.where(away > 0, 1, -1), 2 * stats.norm.cdf(away / own) - 1)
        thirds = (abs(away) ** 3 + 3 * abs(away) * own**2) * abs(signs) + 2 * (
            away**2 + 2 * own**2) * own * stats.norm.pdf(away / own)
        thirds = np.where(fixed, 0, thirds - 3 * means * (away**2 + own**2) + 2 * means**3)
        own[fixed] = 0
        spread = spread * np.outer(signs, signs)
        np.fill_diagonal(spread, away**2 + own**2 - means**2)
        deviation = math.sqrt(max(spread.sum(), 1e-24))
        return abs(away).sum(), means.sum(), deviation, thirds.sum() / deviation**3

    least = model(0)[1]

    def stands(excess, side):
        _, middle, deviation, skewness = model(excess)
        z = expected((middle - least) / deviation)[side]
        return (observed - middle) / deviation - z - (max(0, (z * z - 1) * skewness / 6) if side else 0)

    def end(side):
        if stands(0, side) <= 0:
            return 0
        high = 1.0
        while stands(high, side) > 0:
            # Rates end at 0 and 1: from somewhere on nothing changes.
            if high >= 1e6:
                return model(high)[0]
            high *= 2
        return model(optimize.brentq(stands, 0 if high == 1 else high / 2, high, args=(side,), xtol=1e-15))[0]

    return observed, [min(end(1), observed), max(observed, end(0))]
