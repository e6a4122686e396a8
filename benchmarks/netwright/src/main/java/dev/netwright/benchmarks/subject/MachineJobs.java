package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.Threads;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What the machine can do at most: fused multiply-adds on registers alone, and a copy of arrays beyond the caches. */
final class MachineJobs {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int ACCUMULATORS = 16;
    private static final int TURNS = 200_000;
    private static final int COPIED = 1 << 25;

    private MachineJobs() {}

    static void add(Threads team, Map<String, Job> jobs, Map<String, Double> facts) {
        float[][] results = new float[team.count()][S.length()];
        jobs.put("fma", new Repeated(team, (worker, workers) -> multiplyAdd(results[worker])));
        facts.put("fma", 2.0 * S.length() * ACCUMULATORS * TURNS);

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

    /** Sixteen sums that do not wait for each other: more than latency times pipelines of any CPU with FMA. */
    private static void multiplyAdd(float[] result) {
        FloatVector m = FloatVector.broadcast(S, 0.999f);
        FloatVector c = FloatVector.broadcast(S, 0.001f);
        FloatVector a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c, a6 = c, a7 = c;
        FloatVector a8 = c, a9 = c, a10 = c, a11 = c, a12 = c, a13 = c, a14 = c, a15 = c;
        for (int i = 0; i < TURNS; i++) {
            a0 = a0.fma(m, c);
            a1 = a1.fma(m, c);
            a2 = a2.fma(m, c);
            a3 = a3.fma(m, c);
            a4 = a4.fma(m, c);
            a5 = a5.fma(m, c);
            a6 = a6.fma(m, c);
            a7 = a7.fma(m, c);
            a8 = a8.fma(m, c);
            a9 = a9.fma(m, c);
            a10 = a10.fma(m, c);
            a11 = a11.fma(m, c);
            a12 = a12.fma(m, c);
            a13 = a13.fma(m, c);
            a14 = a14.fma(m, c);
            a15 = a15.fma(m, c);
        }
        FloatVector low = a0.add(a1).add(a2).add(a3).add(a4.add(a5).add(a6).add(a7));
        FloatVector high =
                a8.add(a9).add(a10).add(a11).add(a12.add(a13).add(a14).add(a15));
        low.add(high).intoArray(result, 0);
    }
}
