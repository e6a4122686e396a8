package dev.netwright.examples;

import java.util.List;

/**
 * A list, what was asked of it, and where a network looked.
 *
 * @param entries letters with their digits
 * @param asked letters
 * @param answers the digits that the network gave
 * @param weights what each question took of each place, questions x {@link Lists#ROOM}
 */
record LookedUp(List<String> entries, List<String> asked, List<String> answers, float[] weights) {
    LookedUp {
        entries = List.copyOf(entries);
        asked = List.copyOf(asked);
        answers = List.copyOf(answers);
    }
}
