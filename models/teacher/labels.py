"""The label scheme of src/labels/scheme.ts: O, then B and I of twelve classes; spans and their score. tests/teacher holds
both to the TypeScript."""

TYPES = ["PER", "ORG", "LOC", "MISC"]
KINDS = ["", "deriv", "part"]
CLASSES = [name + kind for name in TYPES for kind in KINDS]
LABELS = ["O"] + [f"{place}-{name}" for name in CLASSES for place in "BI"]
LABEL_OF = {label: number for number, label in enumerate(LABELS)}
# PER, ORG and LOC as plain names: what the score counts.
SCORED = {CLASSES.index(name) for name in ("PER", "ORG", "LOC")}


def label_of(tag):
    """Number of a tag; OTH of GermEval counts as MISC. None for an unknown one."""
    return LABEL_OF.get(tag.replace("OTH", "MISC"))


def is_allowed(before, label):
    """An I label follows the B or I label of its class only; a sentence begins behind O."""
    inside = label != 0 and label % 2 == 0
    return not inside or before in (label, label - 1)


def spans_of(labels):
    """Set of (start, end, class) of a label sequence; a stray I label begins a span of its own, as in spansOf of scheme.ts."""
    spans = set()
    start = 0
    while start < len(labels):
        if labels[start] == 0:
            start += 1
            continue
        number = (labels[start] - 1) >> 1
        end = start + 1
        while end < len(labels) and labels[end] == 2 + 2 * number:
            end += 1
        spans.add((start, end, number))
        start = end
    return spans


class SpanScore:
    """Strict span scores in percent, micro-averaged over names of PER, ORG and LOC, as src/evaluation/span-score.ts counts them."""

    def __init__(self):
        self.correct = self.predicted = self.gold = 0

    def add(self, gold, predicted):
        """Compares the labels of one sentence."""
        expected = {span for span in spans_of(gold) if span[2] in SCORED}
        found = {span for span in spans_of(predicted) if span[2] in SCORED}
        self.gold += len(expected)
        self.predicted += len(found)
        self.correct += len(expected & found)

    @property
    def f1(self):
        return 200 * self.correct / (self.predicted + self.gold) if self.predicted + self.gold else 0.0
