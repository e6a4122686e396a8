package dev.netwright.processor.plan;

import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.ConvolutionTiles.Residue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Phases of an input gradient that one kernel goes through, so that a row of the gradient is read by all of them while
 * it is in the cache. They lie beside each other and have equally many taps and inputs, as all have where the stride
 * divides kernel and input. Each list has a number for every axis, the columns' last.
 *
 * @param first the first of them
 * @param phases how many along each axis
 * @param starts gradient places from where one phase begins to the next
 * @param offsets rows of packed weights from one phase to the next
 */
record PhaseRun(Phase first, List<Integer> phases, List<Integer> starts, List<Integer> offsets) {
    PhaseRun {
        phases = List.copyOf(phases);
        starts = List.copyOf(starts);
        offsets = List.copyOf(offsets);
    }

    /** Neighbouring residues of one dimension that are alike. */
    private record Run(int from, int count, int start) {}

    static PhaseRun single(Phase phase) {
        int axes = phase.lines().size() + 1;
        List<Integer> none = Collections.nCopies(axes, 0);
        return new PhaseRun(phase, Collections.nCopies(axes, 1), none, none);
    }

    /**
     * All phases, row by row, in as few runs as they allow.
     *
     * @param axes {@link ConvolutionTiles#residues}
     * @param phases those of {@link ConvolutionTiles#phases}
     * @param outputs rows of packed weights that a tap has
     */
    static List<PhaseRun> of(List<List<Residue>> axes, List<Phase> phases, int outputs) {
        List<Integer> taps = axes.stream()
                .map(axis -> axis.stream().mapToInt(each -> each.taps().size()).sum())
                .toList();
        List<PhaseRun> result = new ArrayList<>();
        for (List<Run> runs :
                ConvolutionTiles.combinations(axes.stream().map(PhaseRun::runs).toList())) {
            int first = 0;
            int outer = outputs;
            List<Integer> offsets = new ArrayList<>();
            for (int i = 0; i < axes.size(); i++) {
                first = first * axes.get(i).size() + runs.get(i).from();
                outer *= axes.get(i).get(runs.get(i).from()).taps().size();
                offsets.add(outer * product(taps.subList(i + 1, taps.size())));
            }
            result.add(new PhaseRun(
                    phases.get(first),
                    runs.stream().map(Run::count).toList(),
                    runs.stream().map(Run::start).toList(),
                    offsets));
        }
        return result;
    }

    private static int product(List<Integer> factors) {
        return factors.stream().reduce(1, Math::multiplyExact);
    }

    private static List<Run> runs(List<Residue> residues) {
        Residue first = residues.get(0);
        int start = residues.size() > 1 ? residues.get(1).start() - first.start() : 0;
        for (int i = 1; i < residues.size(); i++) {
            Residue other = residues.get(i);
            boolean alike = other.inputs() == first.inputs()
                    && other.taps().size() == first.taps().size()
                    && other.step() == first.step()
                    && other.start() == first.start() + i * start;
            if (!alike) {
                List<Run> single = new ArrayList<>();
                for (int each = 0; each < residues.size(); each++) {
                    single.add(new Run(each, 1, 0));
                }
                return single;
            }
        }
        return List.of(new Run(0, residues.size(), start));
    }

    /** The loops around a tile: lines of a phase, then those phases that there are several of. */
    List<Integer> counts() {
        return loops(first.lineInputs(), phases);
    }

    /**
     * What belongs to each of these loops.
     *
     * @param lines from a line to the next along each axis but the last
     * @param steps from a phase to the next along each axis
     */
    List<Integer> loops(List<Integer> lines, List<Integer> steps) {
        List<Integer> loops = new ArrayList<>(lines);
        IntStream.range(0, phases.size())
                .filter(axis -> phases.get(axis) > 1)
                .forEach(axis -> loops.add(steps.get(axis)));
        return loops;
    }

    /** The same of a layout that each phase begins so many places behind the one before. */
    List<Integer> steps(Layout layout, List<Integer> places) {
        return IntStream.range(0, places.size())
                .mapToObj(axis -> places.get(axis) * layout.places().get(axis).stride())
                .toList();
    }
}
