package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.files.KeyMapping;
import dev.netwright.runtime.generated.Models;
import dev.netwright.runtime.init.Initial;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.testing.AllocatedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParametersTest {
    @Test
    void stateDictKeepsOrderShapesAndTypes() {
        Map<String, Tensor> state = Models.small().stateDict();
        assertThat(state.keySet())
                .containsExactly(
                        "first.weight",
                        "first.bias",
                        "norm.running_mean",
                        "norm.running_var",
                        "norm.num_batches_tracked",
                        "second.weight",
                        "second.bias");
        assertThat(state.get("first.weight").shape()).containsExactly(5, 3);
        assertThat(state.get("norm.running_var").toArray()).containsExactly(1, 1, 1, 1, 1);
        assertThat(state.get("norm.num_batches_tracked")).isEqualTo(Tensor.ofLongs(new long[] {0}));
        assertThat(Models.small().count()).isEqualTo(5 * 3 + 5 + 2 * 5 + 2);
    }

    @Test
    void loadsWhatItWroteBitForBit() {
        Parameters source = Models.small();
        source.counters()[0] = 42;
        source.buffers()[1] = Float.NaN;
        Parameters target = Models.small();
        target.initialize(2);
        long before = target.version();
        assertThat(target.load(source.stateDict(), true).complete()).isTrue();
        assertThat(target.stateDict()).isEqualTo(source.stateDict());
        assertThat(target.values()).containsExactly(source.values());
        assertThat(target.version()).isGreaterThan(before);
    }

    private static Map<String, Tensor> behind(String prefix, Map<String, Tensor> state) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        state.forEach((key, tensor) -> renamed.put(prefix + key, tensor));
        return renamed;
    }

    @Test
    void aPrefixIsNamedThoughCountersMayBeMissing() {
        Parameters source = Models.small();
        source.counters()[0] = 42;
        Map<String, Tensor> state = behind("module.", source.stateDict());
        Parameters target = Models.small();
        assertThatThrownBy(() -> target.load(state, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("every unexpected key is a missing one behind \"module.\": "
                        + "KeyMapping.of().stripPrefix(\"module.\").apply(state) takes it off")
                .hasMessageContaining("missing norm.num_batches_tracked")
                .hasMessageNotContaining("strict = false");
        assertThat(target.load(state, false).missing()).hasSize(7);
        target.load(KeyMapping.of().stripPrefix("module.").apply(state), true);
        assertThat(target.counters()).containsExactly(42);
    }

    @Test
    void aPrefixIsNamedForAStateOfBeforeTheCounters() {
        Map<String, Tensor> state = new LinkedHashMap<>(Models.small().stateDict());
        state.remove("norm.num_batches_tracked");
        assertThatThrownBy(() -> Models.small().load(behind("module.", state), true))
                .hasMessageContaining("stripPrefix(\"module.\")")
                .hasMessageNotContaining("strict = false");
    }

    @Test
    void nothingIsAdvisedToBeTakenOverWhereNothingFits() {
        assertThatThrownBy(() -> Models.small().load(Map.of("w", Tensor.of(new float[1], 1)), true))
                .hasMessageStartingWith("The state does not fit the model, which is unchanged:")
                .hasMessageNotContaining("strict = false");
    }

    private static Map<String, Tensor> spoiled() {
        Map<String, Tensor> state = new LinkedHashMap<>(Models.small().stateDict());
        state.put("frist.bias", state.remove("first.bias"));
        state.put("second.weight", Tensor.of(new float[10], 5, 2));
        state.put("second.bias", Tensor.of(new float[] {7, 8}, 2));
        state.put("norm.running_mean", Tensor.ofBytes(DType.C64, new byte[40], 5));
        return state;
    }

    @Test
    void strictLoadNamesEverythingThatDoesNotFitAndChangesNothing() {
        Parameters target = Models.small();
        Map<String, Tensor> before = target.stateDict();
        long version = target.version();
        assertThatThrownBy(() -> target.load(spoiled(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The state does not fit the model, which is unchanged:\n"
                        + "  missing first.bias (did you mean frist.bias, which is unexpected?)\n"
                        + "  unexpected frist.bias\n"
                        + "  mismatch norm.running_mean: the model has F32[5], the state has C64[5]\n"
                        + "  mismatch second.weight: the model has F32[2, 5], the state has F32[5, 2]\n"
                        + "Load with strict = false to take over the rest.");
        assertThat(target.stateDict()).isEqualTo(before);
        assertThat(target.version()).isEqualTo(version);
    }

    @Test
    void lenientLoadTakesOverTheRestAndReports() {
        Parameters target = Models.small();
        Tensor bias = target.get("first.bias");
        Tensor weight = target.get("second.weight");
        LoadResult result = target.load(spoiled(), false);
        assertThat(result.missing()).containsExactly(new LoadResult.Missing("first.bias", "frist.bias"));
        assertThat(result.unexpected()).containsExactly("frist.bias");
        assertThat(result.mismatched())
                .extracting(LoadResult.Mismatched::key)
                .containsExactly("norm.running_mean", "second.weight");
        assertThat(target.get("second.bias").toArray()).containsExactly(7, 8);
        assertThat(target.get("first.bias")).isEqualTo(bias);
        assertThat(target.get("second.weight")).isEqualTo(weight);
    }

    @Test
    void aMissingCounterLoadsAsZero() {
        Parameters target = Models.small();
        target.counters()[0] = 5;
        Map<String, Tensor> state = new LinkedHashMap<>(target.stateDict());
        state.remove("norm.num_batches_tracked");
        assertThat(target.load(state, true).complete()).isTrue();
        assertThat(target.counters()[0]).isZero();
    }

    @Test
    void convertsSmallerAndLargerFloats() {
        Parameters target = Models.small();
        target.set("second.bias", Tensor.ofBytes(DType.BF16, new byte[] {(byte) 0x80, 0x3F, 0, (byte) 0xC0}, 2));
        assertThat(target.get("second.bias").toArray()).containsExactly(1, -2);
    }

    @Test
    void convertsEveryRealTypeAsPyTorchDoes() {
        Parameters target = Models.small();
        target.set("second.bias", Tensor.ofLongs(new long[] {-3, 16777217}, 2));
        assertThat(target.get("second.bias").toArray()).containsExactly(-3, 16777216);
        target.set("first.bias", Tensor.ofBytes(DType.BOOL, new byte[] {0, 1, 1, 0, 1}, 5));
        assertThat(target.get("first.bias").toArray()).containsExactly(0, 1, 1, 0, 1);
        target.set("second.weight", Tensor.ofBytes(DType.U8, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, -1}, 2, 5));
        assertThat(target.get("second.weight").toArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 255);
        target.set("norm.num_batches_tracked", Tensor.ofBytes(DType.U8, new byte[] {7}));
        assertThat(target.counters()[0]).isEqualTo(7);
        target.set("norm.num_batches_tracked", Tensor.of(new float[] {8.9f}));
        assertThat(target.counters()[0]).isEqualTo(8);
    }

    @Test
    void setRefusesAnotherShapeAndAnUnknownKey() {
        Parameters target = Models.small();
        assertThatThrownBy(() -> target.set("second.bias", Tensor.of(new float[3], 3)))
                .hasMessage("second.bias is F32[2], but the value is F32[3] [0.0, 0.0, 0.0].");
        assertThatThrownBy(() -> target.get("second.bais"))
                .hasMessage("The model has no second.bais; did you mean second.bias?");
    }

    @Test
    void gradientsAreGivenForTrainedParametersOnly() {
        Parameters parameters =
                new Models().linear("a", 2, 2).frozen("b", 3).statistics("c", 2).parameters();
        parameters.gradients()[12] = 4;
        assertThat(parameters.gradientDict().keySet()).containsExactly("a.weight", "a.bias");
        assertThat(parameters.gradient("a.weight").toArray()).containsExactly(4, 0, 0, 0);
        assertThat(parameters.count()).isEqualTo(6);
        assertThatThrownBy(() -> parameters.gradient("b")).hasMessage("b has no gradient: it is frozen.");
        assertThatThrownBy(() -> parameters.gradient("c.running_mean"))
                .hasMessage("c.running_mean has no gradient: it is a buffer.");
        parameters.zeroGradients();
        assertThat(parameters.gradients()).containsOnly(0);
    }

    private static Parameters large() {
        StorageLayout layout = StorageLayout.blocked(4096, 64, new int[] {512}, new int[] {1});
        return new Parameters(List.of(
                ParameterSpec.parameter("weight", new int[] {4096, 512}, 0, layout, Initial.kaimingUniform(512))));
    }

    @Test
    void weightsThatOnlyPredictAreHeldOnce() {
        large().initialize(1);
        long before = AllocatedBytes.ofThisThread();
        Parameters parameters = large();
        parameters.initialize(1);
        parameters.zeroGradients();
        long bytes = (long) Float.BYTES * parameters.values().length;
        assertThat(AllocatedBytes.ofThisThread() - before).isBetween(bytes, bytes + bytes / 16);
        assertThat(parameters.gradients()).containsOnly(0);
        assertThat(AllocatedBytes.ofThisThread() - before).isGreaterThan(2 * bytes);
    }

    @Test
    void aLoadIntoNewWeightsFillsThemWhereTheyAre() {
        Map<String, Tensor> state = large().stateDict();
        large().load(state, true);
        long before = AllocatedBytes.ofThisThread();
        Parameters parameters = large();
        parameters.load(state, true);
        long bytes = (long) Float.BYTES * parameters.values().length;
        assertThat(AllocatedBytes.ofThisThread() - before).isBetween(bytes, bytes + bytes / 16);
    }

    @Test
    @Timeout(120)
    void threadsThatAskForGradientsFirstGetTheSameArray() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Parameters parameters = Models.small();
            CyclicBarrier together = new CyclicBarrier(4);
            Set<float[]> arrays = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> {
                        try {
                            together.await();
                            arrays.add(parameters.gradients());
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(arrays).hasSize(1).allSatisfy(array -> assertThat(array).isSameAs(parameters.gradients()));
        }
    }

    @Test
    void initializeStartsEverythingAgain() {
        Parameters parameters = Models.small();
        Map<String, Tensor> first = parameters.stateDict();
        parameters.counters()[0] = 9;
        parameters.buffers()[0] = 9;
        parameters.values()[20] = 9;
        parameters.initialize(1);
        assertThat(parameters.stateDict()).isEqualTo(first);
        parameters.initialize(3);
        assertThat(parameters.stateDict()).isNotEqualTo(first);
    }

    @Test
    void whatIsDrawnAnewIsDrawnAfterAllDefaultsWhichCountAgainstTheGenerator() {
        List<Initial> defaults =
                List.of(Initial.normal(0, 1), Initial.kaimingUniform(4), Initial.normal(0, 1), Initial.uniformFanIn(4));
        List<ParameterSpec> specs = new ArrayList<>();
        for (Initial initial : defaults) {
            StorageLayout layout = StorageLayout.rowMajor(3, 7);
            int offset = specs.isEmpty() ? 0 : specs.get(specs.size() - 1).end();
            specs.add(ParameterSpec.parameter("p" + specs.size(), new int[] {3, 7}, offset, layout, initial));
        }
        specs.set(0, specs.get(0).redrawn(Initial.uniform(2, 3)));
        specs.set(1, specs.get(1).frozen().redrawn(Initial.normal(5, 0.1)).frozen());
        specs.set(3, specs.get(3).redrawn(Initial.constant(4)));
        Parameters parameters = new Parameters(specs);
        parameters.initialize(8);

        MersenneTwister generator = new MersenneTwister(8);
        float[][] expected = new float[4][21];
        for (int i = 0; i < 4; i++) {
            defaults.get(i).fill(expected[i], generator);
        }
        generator.uniform(expected[0], 2, 3);
        generator.normal(expected[1], 5, 0.1);
        Arrays.fill(expected[3], 4);
        for (int i = 0; i < 4; i++) {
            assertThat(parameters.get("p" + i).toArray()).as("p" + i).containsExactly(expected[i]);
        }
        ParameterSpec buffer = ParameterSpec.buffer("b", new int[] {3}, 0, StorageLayout.vector(3), 1);
        assertThatThrownBy(() -> buffer.redrawn(Initial.constant(0)))
                .hasMessage("b is no parameter, and is not drawn.");
    }

    @Test
    void whatIsAddedIsDrawnAfterAllThatWasThere() {
        List<ParameterSpec> specs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            StorageLayout layout = StorageLayout.vector(17);
            Initial initial = Initial.uniform(0, 1);
            specs.add(ParameterSpec.parameter("p" + i, new int[] {17}, 32 * i, layout, initial));
        }
        specs.set(0, specs.get(0).added(1));
        specs.set(1, specs.get(1).redrawn(Initial.normal(5, 0.1)));
        specs.set(2, specs.get(2).redrawn(Initial.normal(0, 1), 1));
        Parameters parameters = new Parameters(specs);
        parameters.initialize(8);

        MersenneTwister generator = new MersenneTwister(8);
        float[][] expected = new float[3][17];
        generator.uniform(new float[17], 0, 1);
        generator.uniform(new float[17], 0, 1);
        generator.normal(expected[1], 5, 0.1);
        generator.uniform(expected[0], 0, 1);
        generator.normal(expected[2], 0, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(parameters.get("p" + i).toArray()).as("p" + i).containsExactly(expected[i]);
        }
        ParameterSpec added = specs.get(0);
        assertThatThrownBy(() -> added.redrawn(Initial.constant(0), 0))
                .hasMessage("p0 is drawn in turn 1, and cannot be drawn anew in turn 0.");
        assertThatThrownBy(() -> added.added(-1)).hasMessage("The turn of p0 must not be negative, but is -1.");
    }

    @Test
    void refusesDuplicateKeysAndOverlappingStorage() {
        StorageLayout layout = StorageLayout.vector(3);
        ParameterSpec a = ParameterSpec.parameter("a", new int[] {3}, 0, layout, Initial.constant(0));
        ParameterSpec b = ParameterSpec.parameter("b", new int[] {3}, 8, layout, Initial.constant(0));
        assertThatThrownBy(() -> new Parameters(List.of(a, a))).hasMessage("Two entries have the key a.");
        assertThatThrownBy(() -> new Parameters(List.of(a, b)))
                .hasMessage("The storage of b starts at 8, but the entry before it ends at 16.");
        assertThatThrownBy(() -> ParameterSpec.parameter("c", new int[] {4}, 0, layout, Initial.constant(0)))
                .hasMessageContaining("has 4 elements, but its layout has 3");
    }
}
