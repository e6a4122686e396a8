package dev.netwright.processor.emit;

import dev.netwright.processor.plan.MapChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The loop of a {@link MapChain}. */
final class MapChainEmitter extends LoopEmitter {
    private final MapChain chain;

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
        Map<Float, String> constants = new HashMap<>();
        for (int i = 0; i < chain.maps().size(); i++) {
            MapChain.Map map = chain.maps().get(i);
            List<String> arguments = map.arguments().stream()
                    .map(operand -> values.computeIfAbsent(
                            operand, any -> load(l, operand, indices.get(operand), repeated.get(operand))))
                    .toList();
            String value = new ExprEmitter(l, code, "e" + i + "_", constants).emit(map.expr(), arguments);
            boolean constant = l.isVector() && value.endsWith("f");
            String stored = constant ? l.broadcast(value).toString() : value;
            code.addStatement(l.store(stored, operands.get(map.result()), indices.get(map.result())));
            if (constant) {
                values.remove(map.result());
            } else {
                values.put(map.result(), value);
            }
        }
    }

    private String load(Lanes l, int operand, String index, boolean repeated) {
        String variable = "v" + operand;
        code.addStatement(
                "$T $L = $L",
                l.type(),
                variable,
                repeated && l.isVector()
                        ? l.broadcast(operands.get(operand) + "[" + index + "]")
                        : l.load(operands.get(operand), index));
        return variable;
    }
}
