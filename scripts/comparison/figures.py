"""Every figure of a row's predictions, by its name in comparison.json: the value, and its 95 % interval."""

import numpy as np
from scipy import stats
from sklearn import metrics

from areas import Area
from calls import f1_interval, matthews_interval
from resampling import (bootstrap_t, calibration_error, jackknife, mean_of_rates, operating_rate, wilson)


def losses(rows, labels):
    """Brier's of each case, and the log loss of each."""
    each = ((rows - np.eye(rows.shape[1])[labels]) ** 2).sum(1) / (2 if rows.shape[1] == 2 else 1)
    return {"brier": each, "log_loss": -np.log(np.clip(rows[np.arange(len(labels)), labels], 2.0**-52, 1 - 2.0**-52))}


def rate(hits, cases):
    return (hits / cases, wilson(hits / cases, cases))


def one_class_against_the_rest(calls, labels, one):
    (tn, fp), (fn, tp) = metrics.confusion_matrix(labels == one, calls == one, labels=[False, True])
    return rate(tp, tp + fn), rate(tn, tn + fp)


def one_against_the_rest(figure):
    """The mean over the classes of a figure of two."""
    return lambda labels, rows: np.mean([figure(labels == one, rows[:, one]) for one in range(rows.shape[1])])


def macro_auc(labels, rows):
    """Of class 1 of two, or of more classes the mean; scikit-learn's own of more demands sums of 1."""
    if rows.shape[1] == 2:
        return metrics.roc_auc_score(labels, rows[:, 1])
    return one_against_the_rest(metrics.roc_auc_score)(labels, rows)


def weighted_auc(labels, rows):
    """The mean over the classes, each of the weight of its cases."""
    aucs = [metrics.roc_auc_score(labels == one, rows[:, one]) for one in range(rows.shape[1])]
    return np.average(aucs, weights=np.bincount(labels, minlength=rows.shape[1]))


def figures(rows, labels):
    classes = rows.shape[1]
    # Labels run from 0; a class without cases leaves its AUC undefined.
    area = Area(rows, labels)
    values = {"auc": (area.auc, area.interval)}
    calls = (rows[:, 1] >= 0.5).astype(int) if classes == 2 else rows.argmax(1)
    values["accuracy"] = rate((calls == labels).sum(), len(labels))
    sizes = np.bincount(labels, minlength=classes)
    hits = np.bincount(labels[calls == labels], minlength=classes)
    values["balanced_accuracy"] = (metrics.balanced_accuracy_score(labels, calls), mean_of_rates(hits, sizes))
    values["matthews_correlation"] = (
        metrics.matthews_corrcoef(labels, calls), matthews_interval(labels, calls, classes))
    for name, each in losses(rows, labels).items():
        # The worst Brier score that there can be is 1 of two classes, and 2 of more; a log loss has no end.
        most = np.inf if name == "log_loss" else 1 if classes == 2 else 2
        values[name] = (each.mean(), bootstrap_t(each, most))
    if classes == 2:
        values.update(of_two(rows[:, 1], labels, calls))
    else:
        values.update(of_more(rows, labels, calls))
    return values


def of_two(scores, labels, calls):
    alarms, hits, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    at_specificity, at_sensitivity = hits[1 - alarms >= 0.9].max(), (1 - alarms)[hits >= 0.9].max()
    own, others = scores[labels == 1], scores[labels == 0]

    def partial(y, p):
        return metrics.roc_auc_score(y, p, max_fpr=0.1)

    values = dict(zip(("sensitivity", "specificity"), one_class_against_the_rest(calls, labels, 1)))
    for name, one in (("precision", 1), ("negative_predictive_value", 0)):
        if (calls == one).any():
            values[name] = rate((labels[calls == one] == one).sum(), (calls == one).sum())
    values |= {
        "average_precision": (
            metrics.average_precision_score(labels, scores), jackknife(metrics.average_precision_score, scores, labels)),
        "partial_auc_specificity_90": (
            partial(labels, scores), jackknife(partial, scores, labels, (1 - 0.005 / 0.095) / 2, stats.norm)),
        "sensitivity_at_specificity_90": (at_specificity, operating_rate(own, others, 0.9, at_specificity)),
        "specificity_at_sensitivity_90": (at_sensitivity, operating_rate(-others, -own, 0.9, at_sensitivity)),
        "f1": (metrics.f1_score(labels, calls, zero_division=0), f1_interval(labels, calls, 2)),
        "expected_calibration_error": calibration_error(scores, labels)}
    return values


def of_more(rows, labels, calls):
    average = one_against_the_rest(metrics.average_precision_score)
    values = {
        "weighted_auc": (weighted_auc(labels, rows), jackknife(weighted_auc, rows, labels)),
        "macro_average_precision": (average(labels, rows), jackknife(average, rows, labels)),
        "macro_f1": (metrics.f1_score(labels, calls, average="macro", zero_division=0),
                     f1_interval(labels, calls, rows.shape[1])),
        "expected_calibration_error": calibration_error(rows.max(1), (calls == labels).astype(int))}
    for one in range(rows.shape[1]):
        alone = Area(np.column_stack([1 - rows[:, one], rows[:, one]]), (labels == one).astype(int))
        values[f"class_{one}_auc"] = (alone.auc, alone.interval)
        values[f"class_{one}_sensitivity"], values[f"class_{one}_specificity"] = (
            one_class_against_the_rest(calls, labels, one))
    return values
