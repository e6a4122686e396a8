package dev.netwright.runtime.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.testing.TestSeed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads many mutated files, the same ones in every build, and fails where a reader does anything else than to load what
 * an independent parser finds, or to refuse with a {@link MalformedFileException} that names file and byte; where it
 * takes a second or more, or allocates more than the format's limit.
 *
 * <p>{@code -Dnetwright.mutants=1000000} sets the number of files of each format, {@code -Dnetwright.seed=fresh} draws
 * others, and that property with the printed seed repeats a run.
 *
 * @param <S> the format's structure
 */
public final class MutationRun<S> {
    private static final int MUTANTS = Integer.getInteger("netwright.mutants", 20_000);
    /** Fewer files may miss a sentence by chance: some need files of megabytes, which are seldom drawn. */
    private static final int ALL_SENTENCES = 200_000;

    private static final long SECOND = 1_000_000_000;
    private static final Pattern PLACE = Pattern.compile(" cannot be read at byte \\d+: ");
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * A mutated file.
     *
     * @param content the file
     * @param resealed whether its outer checks pass
     * @param history how it came about
     */
    public record Mutant(byte[] content, boolean resealed, String history) {}

    private final Format<S> format;
    private final long seed;
    private final Random random;
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private final List<Mutation<S>> drawn = new ArrayList<>();
    private int resealed;
    private int accepted;
    private int acceptedResealed;
    private long slowest;
    private double mostAllocated; // of what is allowed

    /**
     * A run.
     *
     * @param format what to test
     */
    public MutationRun(Format<S> format) {
        this.format = format;
        this.seed = TestSeed.of("Mutations of " + format.getClass().getName().replaceFirst(".*\\.", ""));
        this.random = new Random(seed);
        for (String sentence : format.sentences()) {
            refusals.put(sentence, 0);
        }
        for (Mutation<S> mutation : format.mutations()) {
            for (int i = 0; i < mutation.weight(); i++) {
                drawn.add(mutation);
            }
        }
    }

    /**
     * Reads the number of files that the property asks for, 20,000 by default, prints the counts, and checks that each
     * sentence was among the refusals of 200,000 or more.
     */
    public void run() {
        long start = BEAN.getCurrentThreadCpuTime();
        for (int i = 0; i < MUTANTS; i++) {
            Mutant mutant = next();
            try {
                read(mutant);
            } catch (IOException | RuntimeException | Error wrong) {
                throw new AssertionError(
                        "Seed " + seed + ", file " + i + " (" + mutant.history() + "): " + wrong, wrong);
            }
        }
        System.out.printf(
                "%d files in %.1f s of the processor, %d resealed, %d accepted (%d of them resealed); slowest %.1f ms, at most %.0f"
                        + " %% of the bytes allocated that may be\n",
                MUTANTS,
                (BEAN.getCurrentThreadCpuTime() - start) / 1e9,
                resealed,
                accepted,
                acceptedResealed,
                slowest / 1e6,
                100 * mostAllocated);
        refusals.forEach((sentence, count) -> System.out.printf("%8d %s\n", count, sentence));
        assertThat(2 * resealed).as("resealed, doubled").isGreaterThanOrEqualTo(MUTANTS);
        assertThat(accepted).as("accepted").isGreaterThan(MUTANTS / 20);
        if (MUTANTS >= ALL_SENTENCES) {
            assertThat(refusals).as("refusals, seed %d", seed).doesNotContainValue(0);
        }
    }

    /**
     * Draws a file: a third is damaged without regard to its structure.
     *
     * @return the file
     */
    public Mutant next() {
        S structure = format.structure(random);
        if (random.nextInt(3) == 0) {
            return new Mutant(ByteDamage.apply(format.seal(structure), random), false, "bytes");
        }
        StringBuilder history = new StringBuilder();
        boolean sealed = true;
        for (int changes = 1 + random.nextInt(3) / 2; changes > 0; changes--) {
            Mutation<S> mutation = drawn.get(random.nextInt(drawn.size()));
            mutation.change().apply(structure, random);
            history.append(mutation.name()).append(' ');
            sealed &= mutation.sealed();
        }
        return new Mutant(format.seal(structure), sealed, history.toString());
    }

    /**
     * Reads a file once, with all that {@link #run()} checks.
     *
     * @param mutant the file
     * @throws IOException if the reader fails otherwise than by refusing
     */
    public void read(Mutant mutant) throws IOException {
        resealed += mutant.resealed() ? 1 : 0;
        byte[] content = mutant.content();
        long limit = format.allocationLimit(content);
        // Classes that are loaded take time and memory too: only what happens again is the reader's. Its own time, not
        // that of other programs.
        for (int attempt = 1; ; attempt++) {
            Object result = null;
            MalformedFileException refusal = null;
            long allocated = BEAN.getCurrentThreadAllocatedBytes();
            long begin = BEAN.getCurrentThreadCpuTime();
            try {
                result = format.read(content);
            } catch (MalformedFileException malformed) {
                refusal = malformed;
            }
            long time = BEAN.getCurrentThreadCpuTime() - begin;
            allocated = BEAN.getCurrentThreadAllocatedBytes() - allocated;
            if (attempt < 3 && (time >= SECOND || allocated > limit)) {
                continue;
            }
            assertThat(time).as("nanoseconds").isLessThan(SECOND);
            assertThat(allocated)
                    .as("bytes allocated for a file of %d", content.length)
                    .isLessThanOrEqualTo(limit);
            slowest = Math.max(slowest, time);
            mostAllocated = Math.max(mostAllocated, (double) allocated / limit);
            if (refusal == null) {
                accepted++;
                acceptedResealed += mutant.resealed() ? 1 : 0;
                format.check(content, result);
            } else {
                count(refusal, content.length);
            }
            return;
        }
    }

    private void count(MalformedFileException refusal, int size) {
        assertThat(refusal.offset()).as(refusal.getMessage()).isBetween(0L, (long) Math.max(size, 8));
        Matcher place = place(refusal.getMessage());
        String problem = refusal.getMessage().substring(place.end());
        for (String sentence : refusals.keySet()) {
            if (fits(problem, sentence + ".")) {
                refusals.merge(sentence, 1, Integer::sum);
                return;
            }
        }
        throw new AssertionError("No sentence of the format: " + refusal.getMessage(), refusal);
    }

    private Matcher place(String message) {
        Matcher place = PLACE.matcher(message);
        assertThat(message).startsWith(format.source() + " ");
        assertThat(place.region(format.source().length(), message.length()).lookingAt())
                .as(message)
                .isTrue();
        return place;
    }

    /** Whether the pieces between what was found are all there, in their order. */
    private static boolean fits(String problem, String sentence) {
        String[] pieces = sentence.split("%s", -1);
        if (!problem.startsWith(pieces[0]) || !problem.endsWith(pieces[pieces.length - 1])) {
            return false;
        }
        int at = 0;
        for (String piece : pieces) {
            at = problem.indexOf(piece, at);
            if (at < 0) {
                return false;
            }
            at += piece.length();
        }
        return true;
    }
}
