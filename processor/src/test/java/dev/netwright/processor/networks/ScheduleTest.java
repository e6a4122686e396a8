package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Schedule;
import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.ScheduleVerifier;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers meet where they must, and the verifier sees each meeting that is missing. */
class ScheduleTest {
    static List<NetworkText> networks() {
        return List.of(
                NetworkText.CIFAR,
                NetworkText.CIFAR_WITH_RELU,
                NetworkText.SMALL,
                NetworkText.MLP,
                NetworkText.LENET,
                NetworkText.zoo("ResNet20", 3, 32, 32));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyMeetingIsNeeded(NetworkText network) {
        Plan plan = Planned.of(network).plan();
        everyMeetingIsNeeded(plan.inference());
        everyMeetingIsNeeded(plan.training().orElseThrow());
    }

    private static void everyMeetingIsNeeded(Plan.Program program) {
        ScheduleVerifier.verify("planned", program);
        Schedule schedule = program.schedule();
        int meetings = 0;
        for (List<Stretch> way : schedule.ways()) {
            for (Stretch stretch : way) {
                if (stretch.meetAbove() < Schedule.NEVER) {
                    meetings++;
                    refused(program, stretch, with(stretch, Schedule.NEVER, stretch.links()));
                    refused(program, stretch, with(stretch, stretch.meetAbove() + 1, stretch.links()));
                }
                for (Step link : stretch.links()) {
                    meetings++;
                    List<Step> others = new ArrayList<>(stretch.links());
                    others.remove(link);
                    refused(program, stretch, with(stretch, stretch.meetAbove(), others));
                }
            }
        }
        assertThat(meetings).isPositive();
    }

    private static Stretch with(Stretch stretch, int meetAbove, List<Step> links) {
        return new Stretch(stretch.steps(), stretch.team(), stretch.reason(), meetAbove, links);
    }

    private static void refused(Plan.Program program, Stretch stretch, Stretch other) {
        Schedule changed = changed(program.schedule(), each -> each == stretch ? other : each);
        assertThatThrownBy(() -> ScheduleVerifier.verify("mutated", program, changed))
                .as("without a meeting before one of %s", stretch.steps())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schedule of mutated: with ")
                .hasMessageContaining("both touch the same memory");
    }

    private static Schedule changed(Schedule schedule, UnaryOperator<Stretch> change) {
        return new Schedule(
                schedule.prepare().stream().map(change).toList(),
                schedule.forward().stream().map(change).toList(),
                schedule.outputs().stream().map(change).toList(),
                schedule.losses().stream().map(change).toList(),
                schedule.backward().stream().map(change).toList());
    }

    @Test
    void aStepThatIsMissing() {
        Plan.Program program = Planned.of(NetworkText.MLP).plan().inference();
        Schedule schedule = program.schedule();
        Schedule changed =
                new Schedule(schedule.prepare(), schedule.forward(), List.of(), schedule.losses(), schedule.backward());
        assertThatThrownBy(() -> ScheduleVerifier.verify("mutated", program, changed))
                .hasMessageContaining("has not all steps");
    }

    @Test
    void workersSeldomMeet() {
        Plan.Program cifar = Planned.of(NetworkText.CIFAR).plan().inference();
        assertThat(meetings(cifar, 1)).isLessThanOrEqualTo(5);
        assertThat(meetings(Planned.of(NetworkText.MLP).plan().inference(), 1)).isZero();
    }

    /** Of a prediction, with the outputs copied. */
    private static int meetings(Plan.Program program, int samples) {
        return program.schedule().ways().get(1).stream()
                .mapToInt(stretch -> stretch.meetings(samples, 2))
                .sum();
    }
}
