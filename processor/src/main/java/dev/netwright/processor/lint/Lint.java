package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;

/** Something that a network may have, and that was hardly meant: a mistake that shapes do not show. */
interface Lint {
    /** The catalogue's entry, whose sentence ends with what to write instead. */
    Problem problem();

    void check(LintedNetwork network, Findings findings);
}
