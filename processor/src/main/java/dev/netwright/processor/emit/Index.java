package dev.netwright.processor.emit;

import java.util.ArrayList;
import java.util.List;

/** Sums of products as readable text: terms that are zero are left out. */
final class Index {
    private final StringBuilder text = new StringBuilder();

    static Index of(String start) {
        Index index = new Index();
        index.text.append(start);
        return index;
    }

    Index copy() {
        return of(toString());
    }

    Index plus(String variable, int factor) {
        if (factor == 0 || variable.equals("0")) {
            return this;
        }
        sign(factor < 0);
        int size = Math.abs(factor);
        text.append(variable);
        if (size != 1) {
            text.append(" * ").append(size);
        }
        return this;
    }

    /**
     * A variable that counts through loops, one within the other, with a factor for each.
     *
     * @param counts of the loops; what is beyond them belongs to other variables
     */
    Index plus(String variable, List<Integer> counts, List<Integer> factors) {
        int inner = 1;
        int outermost = 0;
        while (outermost < counts.size() - 1 && counts.get(outermost) == 1) {
            outermost++;
        }
        List<String> terms = new ArrayList<>();
        for (int i = counts.size() - 1; i >= 0; i--) {
            String term = inner == 1 ? variable : variable + " / " + inner;
            terms.add(0, i > outermost ? term + " % " + counts.get(i) : term);
            inner *= counts.get(i);
        }
        for (int i = outermost; i < counts.size(); i++) {
            if (i == outermost || counts.get(i) > 1) {
                plus(terms.get(i), factors.get(i));
            }
        }
        return this;
    }

    Index plus(int constant) {
        if (constant != 0) {
            sign(constant < 0);
            text.append(Math.abs(constant));
        }
        return this;
    }

    /** A multiple of the number of lanes. */
    Index lanes(String count, int multiple) {
        if (multiple != 0) {
            sign(false);
            if (count.equals("1")) {
                text.append(multiple);
            } else {
                text.append(multiple == 1 ? count : multiple + " * " + count);
            }
        }
        return this;
    }

    private void sign(boolean negative) {
        if (text.length() > 0) {
            text.append(negative ? " - " : " + ");
        } else if (negative) {
            text.append('-');
        }
    }

    @Override
    public String toString() {
        return text.length() == 0 ? "0" : text.toString();
    }
}
