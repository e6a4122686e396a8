package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Job;
import java.util.Map;
import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * A job with a number of threads for OpenBLAS. Its threads wait actively for the next product and so take the
 * processors from libtorch's own, on a machine that has no more of them than threads: often one is faster than two.
 */
final class WithBlasThreads implements Job {
    private final Job job;
    private final Map<Job, Map<String, double[]>> checks;
    private final int threads;

    WithBlasThreads(Job job, Map<Job, Map<String, double[]>> checks, int threads) {
        this.job = job;
        this.checks = checks;
        this.threads = threads;
    }

    @Override
    public void begin() {
        openblas_nolapack.blas_set_num_threads(threads);
    }

    @Override
    public void step(long batch) throws Exception {
        job.step(batch);
    }

    @Override
    public Map<String, double[]> check() throws Exception {
        // Jobs that differ in BLAS threads alone share their network, which the check of one has trained.
        Map<String, double[]> known = checks.get(job);
        if (known == null) {
            known = job.check();
            checks.put(job, known);
        }
        return known;
    }
}
