package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Tensor;
import dev.netwright.training.transforms.ColorJitter;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.Lambda;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.RandomCrop;
import dev.netwright.training.transforms.RandomErasing;
import dev.netwright.training.transforms.RandomHorizontalFlip;
import dev.netwright.training.transforms.ToTensor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DataLoaderWorkersTest {

    private static final FakeData PICTURES = FakeData.of(103, new int[] {3, 8, 8}, 10, 1);
    private static final Dataset AUGMENTED = PICTURES.transform(
            RandomCrop.of(8).padding(2),
            RandomHorizontalFlip.of(),
            ColorJitter.of(0.4, 0.4, 0.4, 0.1),
            ToTensor.of(),
            Normalize.of(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.2f, 0.2f, 0.2f}),
            RandomErasing.of());

    private static DataLoader loader(int workers) {
        return DataLoader.of(AUGMENTED).batchSize(10).shuffle(true).seed(5).workers(workers);
    }

    /** Everything that a batch gives, so that two equal lists mean equal bits. */
    private static String content(Batch batch) {
        int size = batch.size();
        float[] inputs = Arrays.copyOf(
                batch.inputs(), size * batch.layout().inputs().get(0).size());
        return size + " " + Arrays.hashCode(inputs) + " " + Arrays.toString(Arrays.copyOf(batch.labels(), size));
    }

    private static List<String> rest(Iterator<Batch> epoch) {
        List<String> batches = new ArrayList<>();
        epoch.forEachRemaining(batch -> batches.add(content(batch)));
        return batches;
    }

    private static List<String> epochs(DataLoader loader, int count) {
        List<String> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.addAll(rest(loader.iterator()));
        }
        return batches;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("netwright-loader"))
                .count();
    }

    /** Before each test too: workers that came to the end of an epoch may still be on their way out. */
    @BeforeEach
    void awaitNoThreads() throws InterruptedException {
        while (threads() > 0) {
            Thread.sleep(10);
        }
    }

    @Test
    void batchesDoNotDependOnTheNumberOfWorkers() {
        List<String> alone = epochs(loader(0), 2);
        assertThat(alone).hasSize(22).doesNotHaveDuplicates();
        for (int workers : new int[] {1, 3}) {
            assertThat(epochs(loader(workers), 2)).as("%d workers", workers).isEqualTo(alone);
        }
        assertThat(epochs(loader(3).prefetch(1), 2)).isEqualTo(alone);
        assertThat(epochs(loader(2).prefetch(50), 2)).isEqualTo(alone);
        assertThat(epochs(loader(0).seed(6), 1).get(0)).isNotEqualTo(alone.get(0));
    }

    @Test
    void transformsDrawAnewInEveryEpochAndForEverySample() {
        DataLoader loader = DataLoader.of(Subset.of(AUGMENTED, 4, 4, 4, 4)).batchSize(1);
        assertThat(epochs(loader, 3)).doesNotHaveDuplicates();
    }

    @Test
    void aResumedLoaderGoesOnWithTheSameRandomTransforms() {
        for (int workers : new int[] {0, 2}) {
            DataLoader whole = loader(0);
            rest(whole.iterator());
            Iterator<Batch> epoch = whole.iterator();
            for (int i = 0; i < 4; i++) {
                epoch.next();
            }
            Map<String, Tensor> state = whole.stateDict();
            DataLoader resumed = loader(workers).seed(99);
            resumed.prepareLoad(state).run();
            assertThat(rest(resumed.iterator())).hasSize(7).isEqualTo(rest(epoch));
            assertThat(rest(resumed.iterator())).isEqualTo(rest(whole.iterator()));
        }
    }

    @Test
    void thePlaceIsThatOfTheCallerNotOfTheWorkers() {
        DataLoader loader = loader(2);
        Iterator<Batch> epoch = loader.iterator();
        epoch.next();
        epoch.next();
        assertThat(loader.stateDict().get("batch").toLongArray()).containsExactly(2);
        loader.close();
        assertThat(rest(epoch)).isEqualTo(epochs(loader(0), 1).subList(2, 11));
    }

    @Test
    void theCallersBatchStaysUntilItAsksForTheNext() throws InterruptedException {
        DataLoader loader = loader(3);
        Iterator<Batch> epoch = loader.iterator();
        for (int i = 0; i < 5; i++) {
            Batch batch = epoch.next();
            String before = content(batch);
            Thread.sleep(20);
            assertThat(content(batch)).isEqualTo(before);
        }
        loader.close();
    }

    /** Fails at some samples. */
    private record Failing(Throwable failure, int... samples) implements Dataset {
        @Override
        public int size() {
            return 103;
        }

        @Override
        public SampleLayout layout() {
            return PICTURES.layout();
        }

        @Override
        public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
            if (Arrays.stream(samples).anyMatch(sample -> sample == index)) {
                if (failure instanceof IOException exception) {
                    throw exception;
                }
                throw (Error) failure;
            }
            PICTURES.read(index, batch, position, context);
        }
    }

    @Test
    void whatAWorkerMeetsReachesTheCallerAtItsBatch() throws InterruptedException {
        for (int workers : new int[] {0, 1, 3}) {
            FileNotFoundException missing = new FileNotFoundException("gone.png");
            DataLoader loader = DataLoader.of(new Failing(missing, 57, 34, 42))
                    .batchSize(10)
                    .workers(workers);
            Iterator<Batch> epoch = loader.iterator();
            for (int i = 0; i < 3; i++) {
                epoch.next();
            }
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(epoch::next)
                        .as("%d workers", workers)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCause(missing);
                assertThat(loader.stateDict().get("batch").toLongArray()).containsExactly(3);
            }
            awaitNoThreads(); // a failed epoch keeps none

            StackOverflowError error = new StackOverflowError();
            DataLoader errors = DataLoader.of(new Failing(error, 0)).workers(workers);
            assertThatThrownBy(() -> errors.iterator().next()).isSameAs(error);
        }
    }

    /** Tells which threads read. */
    private record Watched(Set<Thread> threads) implements Dataset {
        @Override
        public int size() {
            return AUGMENTED.size();
        }

        @Override
        public SampleLayout layout() {
            return AUGMENTED.layout();
        }

        @Override
        public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
            threads.add(Thread.currentThread());
            AUGMENTED.read(index, batch, position, context);
        }
    }

    @Test
    void aLoopLeftEarlyKeepsNoThread() throws InterruptedException {
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        DataLoader loader = DataLoader.of(new Watched(readers))
                .batchSize(10)
                .shuffle(true)
                .seed(5)
                .workers(3)
                .idle(TimeUnit.MILLISECONDS.toNanos(50));
        Iterator<Batch> epoch = loader.iterator();
        String first = content(epoch.next());
        assertThat(readers).isNotEmpty().doesNotContain(Thread.currentThread());
        awaitNoThreads();
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest(epoch));
        assertThat(all).as("a caller that comes back late").isEqualTo(epochs(loader(0), 1));
        awaitNoThreads();
    }

    @Test
    void theNextIterationAndCloseEndTheThreadsAtOnce() {
        DataLoader loader = loader(2).idle(TimeUnit.HOURS.toNanos(1));
        for (Batch batch : loader) {
            assertThat(batch.size()).isEqualTo(10);
            break;
        }
        assertThat(threads()).isEqualTo(2);
        assertThat(rest(loader.iterator())).isEqualTo(epochs(loader(0), 2).subList(11, 22));
        loader.iterator().next();
        loader.close();
        assertThat(threads()).isZero();
        loader.close();
    }

    @Test
    void anInterruptedCallerIsTold() {
        CountDownLatch never = new CountDownLatch(1);
        Dataset blocked = PICTURES.transform(Lambda.of((Image image) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        DataLoader loader = DataLoader.of(blocked).workers(1);
        Iterator<Batch> epoch = loader.iterator();
        Thread caller = Thread.currentThread();
        caller.interrupt();
        // The caller sees the interrupt, which ends it, and then waits for the worker that is at a sample.
        Thread release = new Thread(() -> {
            while (caller.isInterrupted() || caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            never.countDown();
        });
        release.start();
        assertThatThrownBy(epoch::next).hasMessage("The thread was interrupted while it waited for batch 0.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(epoch.next().labels()[0]).isEqualTo(PICTURES.label(0));
        loader.close();
    }
}
