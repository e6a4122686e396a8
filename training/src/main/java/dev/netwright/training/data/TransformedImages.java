package dev.netwright.training.data;

import dev.netwright.runtime.DType;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import dev.netwright.training.transforms.Transform;
import java.io.IOException;
import java.util.List;

/** Pictures and what happens to each on its way into a batch. */
final class TransformedImages implements Dataset {

    private final ImageSource source;
    private final Transform transform;
    private final SampleLayout layout;
    private final Field field;

    private TransformedImages(ImageSource source, Transform transform, Field field) {
        this.source = source;
        this.transform = transform;
        this.field = field;
        this.layout = SampleLayout.labelled(field);
    }

    static TransformedImages of(ImageSource source, Transform transform) {
        ImageSpec spec = transform.spec(source.imageSpec());
        if (!spec.fixed()) {
            throw new IllegalArgumentException("The pictures of a batch must have one size, but these are " + spec
                    + ": let Resize.of(height, width), CenterCrop, RandomCrop or RandomResizedCrop give them one.");
        }
        int[] shape = {spec.channels(), spec.height(), spec.width()};
        return new TransformedImages(source, transform, spec.floats() ? Field.floats(shape) : Field.bytes(shape));
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public SampleLayout layout() {
        return layout;
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
        Image image = context.image();
        source.load(index, image);
        int size = field.size();
        boolean floats = field.dtype() == DType.F32;
        float[] inputs = floats ? batch.inputs() : null;
        image.floatsInto(inputs, position * size);
        transform.apply(image, context.random());
        if (image.size() != size || image.isFloat() != floats) {
            throw new IllegalStateException("The transforms were to make " + field + ", but made " + image
                    + " of sample " + index + ": the spec of a transform does not tell what it does.");
        }
        if (!floats) {
            System.arraycopy(image.bytes(), image.offset(), batch.bytes(), position * size, size);
        } else if (image.floats() != inputs) {
            System.arraycopy(image.floats(), image.offset(), inputs, position * size, size);
        }
        batch.labels()[position] = source.label(index);
    }
}
