package dev.netwright.training.data;

import dev.netwright.training.transforms.Compose;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import dev.netwright.training.transforms.Transform;
import java.io.IOException;

/**
 * Labelled pictures. As they are they give floats from 0 to 1, as {@code ToTensor} makes them; {@link #transform} gives
 * whatever its steps make, and {@link #bytes()} the bytes.
 */
public interface ImageSource extends Dataset {

    /**
     * What the stored pictures are.
     *
     * @return bytes, with unknown sizes if the pictures differ in size
     */
    ImageSpec imageSpec();

    /**
     * Loads one stored picture.
     *
     * @param index the sample
     * @param image receives the picture as bytes
     * @throws IOException if it cannot be read
     */
    void load(int index, Image image) throws IOException;

    /**
     * The class of one sample.
     *
     * @param index the sample
     * @return an index into {@link #classNames()}
     */
    int label(int index);

    /**
     * The same pictures, changed on their way into a batch.
     *
     * @param transforms in their order; with a {@code ToTensor} among them batches hold floats, otherwise bytes
     * @return a data set that shares these pictures
     * @throws IllegalArgumentException if the transforms do not fit the pictures or each other
     */
    default Dataset transform(Transform... transforms) {
        return TransformedImages.of(this, Compose.of(transforms));
    }

    /**
     * The same pictures as bytes, for networks that take bytes.
     *
     * @return a data set that shares these pictures
     * @throws IllegalArgumentException if the pictures differ in size
     */
    default Dataset bytes() {
        return transform();
    }
}
