package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.Threads;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What the machine can do at most: fused multiply-adds on registers alone, and a copy of arrays beyond the caches. */
final class MachineJobs {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int SUMS = 12;
    private static final int TURNS = 200_000;
    private static final int COPIED = 1 << 25;

    private MachineJobs() {}

    static void add(Threads team, Map<String, Job> jobs, Map<String, Double> facts) {
        float[][] results = new float[team.count()][S.length()];
        jobs.put("fma", new Repeated(team, (worker, workers) -> multiplyAdd(results[worker])));
        facts.put("fma", 2.0 * S.length() * SUMS * TURNS);

        float[] from = new float[COPIED];
        float[] to = new float[COPIED];
        jobs.put("copy", new Repeated(team, (worker, workers) -> {
            int begin = (int) ((long) COPIED * worker / workers);
            int end = (int) ((long) COPIED * (worker + 1) / workers);
            System.arraycopy(from, begin, to, begin, end - begin);
        }));
        // By thread, as the operations above; read and written.
        facts.put("copy", 2.0 * Float.BYTES * COPIED / team.count());
    }

    private record Repeated(Threads team, Threads.Task task) implements Job {
        @Override
        public void step(long batch) {
            team.run(task);
        }

        @Override
        public Map<String, double[]> check() {
            return Map.of();
        }
    }

    /**
     * Twelve sums that do not wait for each other: more than latency times pipelines of any CPU with FMA, and with the two
     * factors no more than sixteen registers hold. The sum is what is added, as C2's instruction overwrites that: a product
     * with the sum as a factor copies a register first, and read 68 GF of Zen 3's 104.
     */
    private static void multiplyAdd(float[] result) {
        FloatVector m = FloatVector.broadcast(S, 0.999f);
        FloatVector c = FloatVector.broadcast(S, 0.001f);
        FloatVector a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c;
        FloatVector a6 = c, a7 = c, a8 = c, a9 = c, a10 = c, a11 = c;
        for (int i = 0; i < TURNS; i++) {
            a0 = m.fma(c, a0);
            a1 = m.fma(c, a1);
            a2 = m.fma(c, a2);
            a3 = m.fma(c, a3);
            a4 = m.fma(c, a4);
            a5 = m.fma(c, a5);
            a6 = m.fma(c, a6);
            a7 = m.fma(c, a7);
            a8 = m.fma(c, a8);
            a9 = m.fma(c, a9);
            a10 = m.fma(c, a10);
            a11 = m.fma(c, a11);
        }
        FloatVector low = a0.add(a1).add(a2).add(a3.add(a4).add(a5));
        FloatVector high = a6.add(a7).add(a8).add(a9.add(a10).add(a11));
        low.add(high).intoArray(result, 0);
    }
}
