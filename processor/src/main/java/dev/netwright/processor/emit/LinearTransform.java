package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.BinaryOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes the product of a constant matrix and a vector of variables. Neighbouring columns that differ in signs alone
 * are replaced by their sum and difference; of neighbouring rows that do, what they share is computed once.
 */
final class LinearTransform {
    private final double[][] matrix;
    private final Lanes lanes;
    private final Map<Double, String> constants = new LinkedHashMap<>();
    private int next;

    LinearTransform(double[][] matrix, Lanes lanes) {
        this.matrix = matrix;
        this.lanes = lanes;
    }

    /** How many variables it is applied to. */
    int columns() {
        return matrix[0].length;
    }

    /** The factors that {@link #apply} has used, to be declared before it. */
    Code constants() {
        Code.Builder code = Code.builder();
        constants.forEach((value, name) -> code.addStatement(
                "$T $L = $L", lanes.type(), name, lanes.broadcast(ExprEmitter.literal((float) (double) value))));
        return code.build();
    }

    /** @return the variables that hold the results */
    List<String> apply(Code.Builder code, List<String> variables) {
        List<String> columns = new ArrayList<>(variables);
        double[][] rows = new double[matrix.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix[i].clone();
        }
        for (int j = 0; j + 1 < columns.size(); j++) {
            if (differInSigns(rows, j)) {
                String sum = variable(code, lanes.binary(BinaryOp.ADD, columns.get(j), columns.get(j + 1)));
                String difference = variable(code, lanes.binary(BinaryOp.SUB, columns.get(j), columns.get(j + 1)));
                for (double[] row : rows) {
                    boolean same = row[j] == row[j + 1];
                    row[j + 1] = same ? 0 : row[j];
                    row[j] = same ? row[j] : 0;
                }
                columns.set(j, sum);
                columns.set(j + 1, difference);
                j++;
            }
        }
        List<String> results = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            boolean pair = i + 1 < rows.length && isPair(rows[i], rows[i + 1]);
            if (!pair) {
                results.add(sum(code, rows[i], columns));
                continue;
            }
            String shared = sum(code, part(rows[i], rows[i + 1], 1), columns);
            String opposite = sum(code, part(rows[i], rows[i + 1], -1), columns);
            results.add(variable(code, lanes.binary(BinaryOp.ADD, shared, opposite)));
            results.add(variable(code, lanes.binary(BinaryOp.SUB, shared, opposite)));
            i++;
        }
        return results;
    }

    /** Whether two columns have the same sizes everywhere, and more than once. */
    private static boolean differInSigns(double[][] rows, int column) {
        int both = 0;
        for (double[] row : rows) {
            if (Math.abs(row[column]) != Math.abs(row[column + 1])) {
                return false;
            }
            both += row[column] != 0 ? 1 : 0;
        }
        return both > 1;
    }

    private static boolean isPair(double[] first, double[] second) {
        boolean same = IntStream.range(0, first.length).allMatch(j -> Math.abs(first[j]) == Math.abs(second[j]));
        boolean shared = IntStream.range(0, first.length).anyMatch(j -> first[j] != 0 && first[j] == second[j]);
        boolean opposite = IntStream.range(0, first.length).anyMatch(j -> first[j] != 0 && first[j] == -second[j]);
        return same && shared && opposite;
    }

    /** The terms of the first row that the second has too, or has with the opposite sign. */
    private static double[] part(double[] first, double[] second, int sign) {
        return IntStream.range(0, first.length)
                .mapToDouble(j -> first[j] == sign * second[j] ? first[j] : 0)
                .toArray();
    }

    private String sum(Code.Builder code, double[] factors, List<String> variables) {
        int first = 0;
        for (int j = 0; j < factors.length; j++) {
            if (factors[j] != 0 && (factors[first] == 0 || factors[first] != 1 && factors[j] == 1)) {
                first = j;
            }
        }
        String total = factors[first] == 1
                ? variables.get(first)
                : variable(code, lanes.binary(BinaryOp.MUL, variables.get(first), constant(factors[first])));
        for (int j = 0; j < factors.length; j++) {
            if (j == first || factors[j] == 0) {
                continue;
            } else if (Math.abs(factors[j]) == 1) {
                total = variable(
                        code, lanes.binary(factors[j] > 0 ? BinaryOp.ADD : BinaryOp.SUB, total, variables.get(j)));
            } else {
                total = variable(code, lanes.fma(variables.get(j), constant(factors[j]), total));
            }
        }
        return total;
    }

    private String constant(double value) {
        return constants.computeIfAbsent(value, v -> "c" + constants.size());
    }

    private String variable(Code.Builder code, Code value) {
        String name = "w" + next++;
        code.addStatement("$T $L = $L", lanes.type(), name, value);
        return name;
    }
}
