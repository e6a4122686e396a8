package dev.netwright.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.plan.ScanChain.Elements;
import dev.netwright.processor.plan.ScanKernel.Argument;
import dev.netwright.processor.plan.ScanKernel.Call;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScanChainTest {
    private static final int FEATURES = 32;

    private static ScanChain.Operand operand(int value, int row, int from) {
        return new ScanChain.Operand(
                new Part(value, row, from, FEATURES), 1, 100, new Argument(value, row * 64 + from, 64, 0));
    }

    private static Elements doubled(ScanChain.Operand to, ScanChain.Operand of) {
        return new Elements("Double" + to.part().value(), Expr.arg(0).plus(Expr.arg(0)), FEATURES, List.of(to, of));
    }

    private static boolean follows(Elements next, Elements... before) {
        ScanChain chain = new ScanChain();
        Stream.of(before).forEach(map -> assertThat(chain.add(map)).isTrue());
        return chain.add(next);
    }

    @Test
    void whatIsMadeIsTakenFromItsRegister() {
        ScanChain chain = new ScanChain();
        chain.add(doubled(operand(1, 0, 0), operand(0, 0, 0)));
        chain.add(doubled(operand(2, 0, 0), operand(1, 0, 0)));
        Call call = chain.call(number -> true);
        assertThat(call.name()).isEqualTo("Double1ToDouble2");
        assertThat(call.arguments()).extracting(Argument::operand).containsExactly(1, 2, 0);
        MapChain kernel = (MapChain) call.kernel();
        assertThat(kernel.results()).isEqualTo(2);
        assertThat(kernel.loaded()).containsExactly(2);
    }

    @Test
    void whatNobodyElseReadsIsNotStored() {
        ScanChain chain = new ScanChain();
        chain.add(doubled(operand(1, 0, 0), operand(0, 0, 0)));
        chain.add(doubled(operand(2, 0, 0), operand(1, 0, 0)));
        Call call = chain.call(number -> number == 2);
        assertThat(call.arguments()).extracting(Argument::operand).containsExactly(2, 0);
        MapChain kernel = (MapChain) call.kernel();
        assertThat(kernel.results()).isEqualTo(1);
        assertThat(kernel.maps()).extracting(MapChain.Map::result).containsExactly(2, 0);
        assertThat(kernel.isOperand(2)).isFalse();
    }

    @Test
    void whatTheNextStepReadsIsStored() {
        ScanChain chain = new ScanChain();
        chain.add(doubled(operand(1, 1, 0), operand(1, 0, 0)));
        chain.add(doubled(operand(2, 0, 0), operand(1, 1, 0)));
        assertThat(((MapChain) chain.call(number -> false).kernel()).loaded()).hasSize(1);
        assertThat(chain.call(number -> false).arguments())
                .extracting(Argument::first)
                .containsExactly(64, 0);
    }

    @Test
    void whatIsReadBeforeItIsMadeIsLoaded() {
        ScanChain chain = new ScanChain();
        chain.add(doubled(operand(1, 0, 0), operand(0, 0, 0)));
        chain.add(doubled(operand(0, 0, 0), operand(1, 0, 0)));
        MapChain kernel = (MapChain) chain.call(number -> true).kernel();
        assertThat(kernel.results()).isEqualTo(2);
        assertThat(kernel.loaded())
                .as("the second operand, which is also written")
                .containsExactly(1);
    }

    @Test
    void elementsOfOtherTurnsEndIt() {
        Elements first = doubled(operand(1, 0, 0), operand(0, 0, 16));
        assertThat(follows(doubled(operand(2, 0, 0), operand(1, 0, 16)), first))
                .as("reads half of what was made, and what is beside it")
                .isFalse();
        assertThat(follows(doubled(operand(0, 0, 0), operand(3, 0, 0)), first))
                .as("writes what was to be read")
                .isFalse();
        assertThat(follows(doubled(operand(1, 0, 16), operand(3, 0, 0)), first))
                .as("writes half of what was made")
                .isFalse();
        assertThat(follows(doubled(operand(2, 0, 0), operand(0, 0, 0)), first))
                .as("both only read")
                .isTrue();
        assertThat(follows(doubled(operand(1, 1, 16), operand(1, 0, 0)), first))
                .as("another row")
                .isTrue();
        assertThat(follows(doubled(operand(1, 0, 32), operand(1, 0, 0)), first))
                .as("other features")
                .isTrue();
    }

    @Test
    void otherCountsAndLongCodeEndIt() {
        Elements first = doubled(operand(1, 0, 0), operand(0, 0, 0));
        assertThat(follows(new Elements("Other", Expr.arg(0), 48, List.of(operand(2, 0, 0), operand(1, 0, 0))), first))
                .isFalse();
        Expr sum = Expr.arg(0);
        for (int i = 0; i < 100; i++) {
            sum = sum.times(Expr.arg(0)).plus(Expr.arg(0));
        }
        assertThat(follows(new Elements("Long", sum, FEATURES, List.of(operand(2, 0, 0), operand(1, 0, 0))), first))
                .isFalse();
    }
}
