package dev.netwright.processor.emit;

import dev.netwright.processor.plan.OperatorCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls of an operator of the user's, sample by sample. */
final class OperatorCallEmitter implements KernelEmitter {
    private final OperatorCall call;
    private final OperatorCalls calls;

    OperatorCallEmitter(OperatorCall call, OperatorCalls calls) {
        this.call = call;
        this.calls = calls;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        code.beginControlFlow("for (int sample = from; sample < to; sample++)");
        List<String> names = Operands.names(call);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String at = names.get(i) + "At";
            Index index = Index.of(Operands.base(names.get(i)))
                    .plus("sample", call.sampleStrides().get(i));
            code.addStatement("int $L = $L", at, index);
            if (i >= call.read()) {
                code.addStatement(
                        "$T.fill($L, $L, $L, 0f)",
                        Arrays.class,
                        names.get(i),
                        at,
                        Index.of(at).plus(call.sizes().get(i)));
            }
            arguments.add(names.get(i));
            arguments.add(at);
        }
        call.shapes().forEach(shape -> arguments.add(calls.field(shape)));
        code.addStatement("$L.$L(" + String.join(",$W", arguments) + ")", calls.type(call.operator()), call.method());
        return code.endControlFlow().build();
    }
}
