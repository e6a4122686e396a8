package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.AllocatedBytes;
import dev.netwright.training.transforms.ColorJitter;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.RandomCrop;
import dev.netwright.training.transforms.RandomHorizontalFlip;
import dev.netwright.training.transforms.ToTensor;
import java.util.Collections;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** Batches after an epoch's first leave nothing for the garbage collector, whether compiled or interpreted. */
class LoaderAllocationTest {

    private static void take(Iterator<Batch> epoch, int batches) {
        for (int i = 0; i < batches; i++) {
            epoch.next();
        }
    }

    @Test
    void laterBatchesAllocateNothing() {
        int size = 1_000;
        ImageDataset pictures = ImageDataset.of(
                new byte[size * 3 * 32 * 32],
                new byte[size],
                new int[] {3, 32, 32},
                Collections.singletonList("black"));
        float[] half = {0.5f, 0.5f, 0.5f};
        Dataset[] datasets = {
            pictures,
            pictures.bytes(),
            pictures.transform(
                    RandomCrop.of(32).padding(4),
                    RandomHorizontalFlip.of(),
                    ColorJitter.of(0.1, 0.1, 0.1, 0.1),
                    ToTensor.of(),
                    Normalize.of(half, half))
        };
        // Reflection allocates when it makes code for a method that was called 15 times.
        for (int i = 0; i < 20; i++) {
            AllocatedBytes.ofThisThread();
        }
        for (Dataset dataset : datasets) {
            Iterator<Batch> epoch =
                    DataLoader.of(dataset).batchSize(4).shuffle(true).iterator();
            take(epoch, 10);
            AllocatedBytes.ofThisThread();
            long before = AllocatedBytes.ofThisThread();
            take(epoch, 0);
            long idle = AllocatedBytes.ofThisThread() - before;
            before = AllocatedBytes.ofThisThread();
            take(epoch, 200);
            long bytes = AllocatedBytes.ofThisThread() - before - idle;
            assertThat(bytes / 200.0).as("bytes of one batch").isLessThan(4);
        }
    }
}
