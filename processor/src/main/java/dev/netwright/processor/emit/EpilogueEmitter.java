package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Epilogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes what sums go through before they are stored. */
final class EpilogueEmitter {
    private final Epilogue epilogue;
    private final Lanes lanes;
    private final Code.Builder code;
    private final Map<Float, String> constants = new HashMap<>();

    EpilogueEmitter(Epilogue epilogue, Lanes lanes, Code.Builder code) {
        this.epilogue = epilogue;
        this.lanes = lanes;
        this.code = code;
    }

    /**
     * @param sum the variable that holds the sum
     * @param tag makes variables' names unique
     * @param at by an operand's name, the index of its value for this sum
     * @return the result, as a variable or literal
     */
    String write(String sum, String tag, UnaryOperator<String> at) {
        if (epilogue.keepsSum()) {
            code.addStatement(lanes.store(sum, Epilogue.SUM, at.apply(Epilogue.SUM)));
        }
        if (epilogue.isNone()) {
            return sum;
        }
        List<String> arguments = new ArrayList<>(List.of(sum));
        for (int i = 0; i < epilogue.inputs().size(); i++) {
            String operand = Epilogue.input(i);
            String loaded = operand + "_" + tag;
            code.addStatement("$T $L = $L", lanes.type(), loaded, lanes.load(operand, at.apply(operand)));
            arguments.add(loaded);
        }
        return new ExprEmitter(lanes, code, "e" + tag + "_", constants).emit(epilogue.expr(), arguments);
    }
}
