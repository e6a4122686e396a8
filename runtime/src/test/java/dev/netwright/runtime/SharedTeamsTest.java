package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.generated.LineModel;
import org.junit.jupiter.api.Test;

/** How many threads train where nobody chose. */
class SharedTeamsTest {
    private static ModelDefinition definition(long... flops) {
        ModelDefinition.Builder builder =
                ModelDefinition.builder("Net", "1").input("x", 1).output("y", 1);
        for (long one : flops) {
            builder.layer(LayerDefinition.of(
                    "fc", "fc", "Linear", LayerAttributes.NONE, new int[] {1}, 0, one, new int[] {-1}));
        }
        return builder.build();
    }

    @Test
    void theSizeFollowsTheWorkUpToTheProcessors() {
        // 784-128-10
        ModelDefinition perceptron = definition(2 * 784 * 128, 128, 2 * 128 * 10);
        assertThat(SharedTeams.size(definition(), 8)).isEqualTo(1);
        assertThat(SharedTeams.size(perceptron, 8)).isEqualTo(1);
        assertThat(SharedTeams.size(definition(300_000, 300_000), 8)).isEqualTo(3);
        assertThat(SharedTeams.size(definition(40_000_000_000L), 8)).isEqualTo(8);
        assertThat(SharedTeams.size(definition(40_000_000_000L), 1)).isEqualTo(1);
    }

    @Test
    void modelsOfLikeWorkShareATeamAndAChoiceIsObeyed() {
        ModelDefinition large = definition(40_000_000_000L);
        assertThat(Options.defaults().threads(large))
                .isSameAs(Options.defaults().predictionThreads(2).threads(large))
                .satisfies(team ->
                        assertThat(team.count()).isEqualTo(Runtime.getRuntime().availableProcessors()));
        Threads team = Threads.of(3);
        assertThat(Options.defaults().threads(team).threads(definition())).isSameAs(team);
        LineModel small = LineModel.of(LineModel.MSE, Options.defaults());
        assertThat(small.threads().count()).isEqualTo(1);
        assertThat(small.kernels()).contains("1 thread");
        LineModel asked = LineModel.of(LineModel.MSE, Options.defaults().threads(2));
        assertThat(asked.threads().count()).isEqualTo(2);
        assertThat(asked.kernels()).contains("2 threads");
    }
}
