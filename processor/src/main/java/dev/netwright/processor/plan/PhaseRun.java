package dev.netwright.processor.plan;

import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.ConvolutionTiles.Residue;
import java.util.ArrayList;
import java.util.List;

/**
 * Phases of an input gradient that one kernel goes through, so that a row of the gradient is read by all of them while
 * it is in the cache. They lie beside each other and have equally many taps and inputs, as all have where the stride
 * divides kernel and input.
 *
 * @param first the first of them
 * @param rows phases from row to row of the input
 * @param columns phases from column to column
 * @param startRows gradient rows from where one phase begins to the next
 * @param startColumns gradient columns
 * @param offsetRows rows of packed weights from a row of phases to the next
 * @param offsetColumns rows of packed weights from a phase to the one beside it
 */
record PhaseRun(
        Phase first, int rows, int columns, int startRows, int startColumns, int offsetRows, int offsetColumns) {
    /** Neighbouring residues of one dimension that are alike. */
    private record Run(int from, int count, int start) {}

    static PhaseRun single(Phase phase) {
        return new PhaseRun(phase, 1, 1, 0, 0, 0, 0);
    }

    /**
     * All phases, row by row, in as few runs as they allow.
     *
     * @param phases those of {@link ConvolutionTiles#phases}
     * @param outputs rows of packed weights that a tap has
     */
    static List<PhaseRun> of(List<Phase> phases, int outputs) {
        int beside = (int) phases.stream()
                .filter(phase -> phase.rows().equals(phases.get(0).rows()))
                .count();
        List<Run> columns =
                runs(phases.subList(0, beside).stream().map(Phase::columns).toList());
        List<Residue> residues = new ArrayList<>();
        for (int i = 0; i < phases.size(); i += beside) {
            residues.add(phases.get(i).rows());
        }
        int taps = phases.subList(0, beside).stream()
                .mapToInt(phase -> phase.columns().taps().size())
                .sum();
        List<PhaseRun> result = new ArrayList<>();
        for (Run row : runs(residues)) {
            for (Run column : columns) {
                Phase first = phases.get(row.from() * beside + column.from());
                int tapRows = first.rows().taps().size();
                result.add(new PhaseRun(
                        first,
                        row.count(),
                        column.count(),
                        row.start(),
                        column.start(),
                        tapRows * taps * outputs,
                        tapRows * first.columns().taps().size() * outputs));
            }
        }
        return result;
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

    /** The loops around a tile: rows of a phase, then those phases that there are several of. */
    List<Integer> counts(int inputRows) {
        return strides(inputRows, rows, columns);
    }

    /** What belongs to each of these loops. */
    List<Integer> strides(int row, int phaseRow, int phaseColumn) {
        List<Integer> strides = new ArrayList<>(List.of(row));
        if (rows > 1) {
            strides.add(phaseRow);
        }
        if (columns > 1) {
            strides.add(phaseColumn);
        }
        return strides;
    }
}
