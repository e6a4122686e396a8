package dev.netwright.processor.emit;

import dev.netwright.processor.plan.MapChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The loop of a {@link MapChain}. */
final class MapChainEmitter extends LoopEmitter {
    private final MapChain chain;
    private int constants;

    MapChainEmitter(String name, MapChain chain, Lanes lanes) {
        super(name, chain, lanes);
        this.chain = chain;
    }

    @Override
    public Code body() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        List<String> bases = starts(chain.sampleStrides(), null);
        boolean repeatable = chain.loaded().stream().noneMatch(operand -> operand < chain.results());
        innermost(
                chain.loop(),
                bases,
                1,
                repeatable,
                (l, starts, i, strides) -> maps(l, indices(starts, i.get(0), strides), repeated(strides)));
        return code.endControlFlow().build();
    }

    private void maps(Lanes l, List<String> indices, List<Boolean> repeated) {
        Map<Integer, String> values = new HashMap<>();
        Map<Float, String> broadcast = new HashMap<>();
        for (int i = 0; i < chain.maps().size(); i++) {
            MapChain.Map map = chain.maps().get(i);
            List<String> arguments = map.arguments().stream()
                    .map(operand -> values.computeIfAbsent(
                            operand, any -> load(l, operand, indices.get(operand), repeated.get(operand))))
                    .toList();
            String value = named(l, new ExprEmitter(l, code, "e" + i + "_", broadcast).emit(map.expr(), arguments));
            values.put(map.result(), value);
            if (chain.isOperand(map.result())) {
                code.addStatement(l.store(value, operands.get(map.result()), indices.get(map.result())));
            }
        }
    }

    private String load(Lanes l, int operand, String index, boolean repeated) {
        String variable = operand < chain.results() ? "old" + operand : "v" + (operand - chain.results());
        code.addStatement(
                "$T $L = $L",
                l.type(),
                variable,
                repeated && l.isVector()
                        ? l.broadcast(operands.get(operand) + "[" + index + "]")
                        : l.load(operands.get(operand), index));
        return variable;
    }

    /** A result that is a constant is a number where it stands. */
    private String named(Lanes l, String value) {
        if (!l.isVector() || !value.endsWith("f")) {
            return value;
        }
        String variable = "all" + constants++;
        code.addStatement("$T $L = $L", l.type(), variable, l.broadcast(value));
        return variable;
    }
}
