package dev.netwright.training.tensorboard;

import dev.netwright.runtime.Model;
import dev.netwright.training.picture.ImageGrid;
import dev.netwright.training.picture.Picture;
import dev.netwright.training.tensorboard.proto.Event;
import dev.netwright.training.tensorboard.proto.Summary;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what TensorBoard shows, with the calls, defaults and file content of PyTorch's class of this name; look at it
 * with {@code tensorboard --logdir runs}.
 *
 * <pre>{@code
 * try (SummaryWriter writer = SummaryWriter.of(Path.of("runs", "first"))) {
 *     writer.addGraph(net);
 *     writer.addScalar("loss/training", loss, step);
 * }
 * }</pre>
 *
 * <p>Any number of threads may use one writer. A thread of its own writes to the disk: a program that ends without
 * {@link #close} loses nothing, one that is killed at most the last {@link #flushSeconds} seconds. When that thread
 * fails, the next call throws an {@link UncheckedIOException} that says why. Steps are global: batches or epochs since
 * training began, as you like, but the same for all curves to be compared. A slash in a tag makes a group on the page.
 */
public final class SummaryWriter implements AutoCloseable {
    private static final int GRID_COLUMNS = 8;

    private final Path folder;
    private final Clock clock;

    // Guarded by this object's monitor.
    private Long purgeStep;
    private int maxQueue = 10;
    private double flushSeconds = 5;
    private String filenameSuffix = "";
    private EventFiles files;
    private boolean closed;

    private SummaryWriter(Path folder, Clock clock) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.clock = clock;
    }

    /**
     * A writer into a folder, which is made by the first write where it is missing. What the folder already holds stays:
     * TensorBoard shows all its files as one run.
     *
     * @param folder such as {@code runs/first}
     * @return a writer with PyTorch's settings, but for {@link #flushSeconds}
     */
    public static SummaryWriter of(Path folder) {
        return new SummaryWriter(folder, Clock.systemUTC());
    }

    /**
     * A writer into a new folder, {@code runs/<date>_<host>} in the working folder, such as
     * {@code runs/Nov05_14-30-00_lab}.
     *
     * @return a writer with PyTorch's settings, but for {@link #flushSeconds}
     */
    public static SummaryWriter create() {
        String date = DateTimeFormatter.ofPattern("MMMdd_HH-mm-ss", Locale.ENGLISH)
                .format(LocalDateTime.now(Clock.systemDefaultZone()));
        return of(Path.of("runs", date + "_" + EventFileNames.host()));
    }

    static SummaryWriter of(Path folder, Clock clock) {
        return new SummaryWriter(folder, clock);
    }

    /**
     * Goes on in a folder whose run was interrupted: TensorBoard hides what earlier files there hold from this step on.
     * Set before the first write.
     *
     * @param value the first step that is written again, 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if something was written
     */
    public synchronized SummaryWriter purgeStep(long value) {
        require(value >= 0, "The purge step is 0 or more, but this is " + value + ".");
        purgeStep = value;
        return unopened();
    }

    /**
     * Sets how many events may wait for the disk; when they are as many, the next call waits. Set before the first
     * write.
     *
     * @param value at least 1; 10 by default
     * @return this
     * @throws IllegalArgumentException if it is less
     * @throws IllegalStateException if something was written
     */
    public synchronized SummaryWriter maxQueue(int value) {
        require(value >= 1, "The queue holds at least 1 event, but this is " + value + ".");
        maxQueue = value;
        return unopened();
    }

    /**
     * Sets after how long an event is handed to the operating system at the latest, where it survives a crash of this
     * program. Set before the first write.
     *
     * @param value seconds, 0 or more; 5 by default, as TensorBoard looks for news every 5 seconds (PyTorch: 120)
     * @return this
     * @throws IllegalArgumentException if it is negative or no number
     * @throws IllegalStateException if something was written
     */
    public synchronized SummaryWriter flushSeconds(double value) {
        require(
                value >= 0 && value < 1e9,
                "The seconds to a flush are from 0 to a billion, but this is " + value + ".");
        flushSeconds = value;
        return unopened();
    }

    /**
     * Sets what event files' names end with. Set before the first write.
     *
     * @param value without folders; empty by default
     * @return this
     * @throws IllegalArgumentException if it has a folder's separator
     * @throws IllegalStateException if something was written
     */
    public synchronized SummaryWriter filenameSuffix(String value) {
        require(!value.matches(".*[/\\\\].*"), "A suffix of file names has no separator, but this is " + value + ".");
        filenameSuffix = value;
        return unopened();
    }

    private SummaryWriter unopened() {
        if (files != null) {
            throw new IllegalStateException("Settings come before the first write: write SummaryWriter.of(folder)"
                    + ".purgeStep(n) and the like in one expression.");
        }
        return this;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * Where the files are.
     *
     * @return as given, or as chosen by {@link #create}
     */
    public Path folder() {
        return folder;
    }

    /**
     * A point of a curve, stored in 32 bits.
     *
     * @param tag the curve's name, such as {@code loss/training}
     * @param value its value
     * @param step its place
     */
    public void addScalar(String tag, double value, long step) {
        addScalar(tag, value, step, ScalarFormat.SIMPLE);
    }

    /**
     * A point of a curve.
     *
     * @param tag the curve's name
     * @param value its value
     * @param step its place
     * @param format how it is stored
     */
    public void addScalar(String tag, double value, long step, ScalarFormat format) {
        add(step, Summaries.scalar(tag, value, format));
    }

    /**
     * Points of several curves in one chart. Each curve is a run of its own, in the folder {@code <mainTag>_<name>}
     * below this writer's; slashes in both become underscores there.
     *
     * @param mainTag the chart's name
     * @param values a value for each curve's name
     * @param step their place
     */
    public void addScalars(String mainTag, Map<String, ? extends Number> values, long step) {
        values.forEach((name, value) -> add(
                folder.resolve(pathName(mainTag + "_" + name)),
                step,
                Summaries.scalar(mainTag, value.doubleValue(), ScalarFormat.SIMPLE)));
    }

    /**
     * An image of floats from 0 to 1; what lies outside is clipped.
     *
     * @param tag the image's name
     * @param pixels the values, row-major
     * @param shape {@code [channels, height, width]}, with 1 channel (grey) or 3 (red, green, blue)
     * @param step its place
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public void addImage(String tag, float[] pixels, int[] shape, long step) {
        addFigure(tag, grid(ImageGrid.of(pixels, ranked(3, shape))), step);
    }

    /**
     * An image of unsigned bytes.
     *
     * @param tag the image's name
     * @param pixels the values, row-major
     * @param shape {@code [channels, height, width]}, with 1 channel (grey) or 3 (red, green, blue)
     * @param step its place
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public void addImage(String tag, byte[] pixels, int[] shape, long step) {
        addFigure(tag, grid(ImageGrid.of(pixels, ranked(3, shape))), step);
    }

    /**
     * An image of Java's.
     *
     * @param tag the image's name
     * @param image any that is written as PNG
     * @param step its place
     */
    public void addImage(String tag, BufferedImage image, long step) {
        add(step, Summaries.image(tag, image));
    }

    /**
     * The images of a batch as one, 8 to a row without gaps; floats from 0 to 1, and what lies outside is clipped.
     *
     * @param tag the image's name
     * @param pixels the values, row-major; a longer array is fine
     * @param shape {@code [n, channels, height, width]}, with 1 channel (grey) or 3 (red, green, blue)
     * @param step its place
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public void addImages(String tag, float[] pixels, int[] shape, long step) {
        addFigure(tag, grid(ImageGrid.of(pixels, ranked(4, shape))), step);
    }

    /**
     * The images of a batch as one, 8 to a row without gaps; unsigned bytes.
     *
     * @param tag the image's name
     * @param pixels the values, row-major; a longer array is fine
     * @param shape {@code [n, channels, height, width]}, with 1 channel (grey) or 3 (red, green, blue)
     * @param step its place
     * @throws IllegalArgumentException if the shape is another, or the array is too short for it
     */
    public void addImages(String tag, byte[] pixels, int[] shape, long step) {
        addFigure(tag, grid(ImageGrid.of(pixels, ranked(4, shape))), step);
    }

    private static int[] ranked(int rank, int[] shape) {
        require(
                shape.length == rank,
                (rank == 3
                                ? "addImage takes one image of shape [channels, height, width]"
                                : "addImages takes images of shape [n, channels, height, width]")
                        + ", but this shape is " + Arrays.toString(shape) + "; addImage" + (rank == 3 ? "s" : "")
                        + " takes the other.");
        return shape;
    }

    private static ImageGrid grid(ImageGrid images) {
        return images.columns(GRID_COLUMNS).gap(0).background(Color.BLACK);
    }

    /**
     * A plot, such as {@code Curves}, {@code Filters.of(net, "conv1")} or {@code confusionMatrix.picture()}, as an
     * image.
     *
     * @param tag the image's name
     * @param picture what to draw
     * @param step its place
     */
    public void addFigure(String tag, Picture picture, long step) {
        addImage(tag, picture.image(), step);
    }

    /**
     * How values are distributed, in TensorFlow's buckets, each a tenth wider than the one before. NaN and infinities
     * are not counted.
     *
     * @param tag the histogram's name, such as {@code conv1.weight}
     * @param values of which at least one is finite
     * @param step its place
     * @throws IllegalArgumentException if none is finite
     */
    public void addHistogram(String tag, float[] values, long step) {
        add(
                step,
                Summary.Value.newBuilder()
                        .setTag(tag)
                        .setHisto(Histogram.of(values))
                        .build());
    }

    /**
     * A text, read as Markdown.
     *
     * @param tag the text's name
     * @param text what it says
     * @param step its place
     */
    public void addText(String tag, String text, long step) {
        add(step, Summaries.text(tag, text));
    }

    /**
     * The network, for the Graphs page: a node for each layer under its key, folded at the dots, with shapes,
     * arguments, parameters and operations.
     *
     * @param model the network
     */
    public void addGraph(Model model) {
        files().add(
                        folder,
                        Event.newBuilder()
                                .setGraphDef(NetworkGraph.of(model.definition()).toByteString()));
    }

    /**
     * What was chosen for this run and what came of it, for the HParams page, in a run of its own below the folder,
     * named by the time.
     *
     * @param hparams numbers, booleans, strings or enums by name, in the order of the page's columns
     * @param metrics results by name; tags of their own, such as {@code hparam/accuracy}
     * @throws IllegalArgumentException if a hyperparameter is something else
     */
    public void addHparams(Map<String, ?> hparams, Map<String, ? extends Number> metrics) {
        long micros = Math.floorDiv(clock.instant().getNano(), 1000L);
        addHparams(
                hparams,
                metrics,
                String.format(Locale.ROOT, "%d.%06d", clock.instant().getEpochSecond(), micros),
                0);
    }

    /**
     * What was chosen for this run and what came of it, for the HParams page.
     *
     * @param hparams numbers, booleans, strings or enums by name, in the order of the page's columns
     * @param metrics results by name
     * @param runName the folder below this writer's; slashes become underscores
     * @param step the metrics' place
     * @throws IllegalArgumentException if a hyperparameter is something else
     */
    public void addHparams(Map<String, ?> hparams, Map<String, ? extends Number> metrics, String runName, long step) {
        Path run = folder.resolve(pathName(runName));
        for (Summary.Value summary : HyperParameters.of(hparams, metrics.keySet())) {
            add(run, 0, summary);
        }
        metrics.forEach(
                (tag, value) -> add(run, step, Summaries.scalar(tag, value.doubleValue(), ScalarFormat.SIMPLE)));
    }

    /**
     * Precision against recall of a yes-or-no decision, at 127 thresholds from 0 to 1.
     *
     * @param tag the curve's name
     * @param labels what is true
     * @param scores the probability given to it, from 0 to 1; as many
     * @param step its place
     * @throws IllegalArgumentException if the lengths differ or are 0, or a score is no probability
     */
    public void addPrCurve(String tag, boolean[] labels, float[] scores, long step) {
        add(step, PrCurve.of(tag, labels, scores));
    }

    /**
     * Vectors for the Projector page, such as the features of the last layer but one. Written at once, by the caller's
     * thread.
     *
     * @param tag the set's name
     * @param vectors one after the other
     * @param dimensions the length of each
     * @param labels a label for each vector, or none at all
     * @param step when they were taken
     * @throws IllegalArgumentException if the vectors are not whole, or the labels not as many
     * @throws UncheckedIOException if the files cannot be written
     */
    public void addEmbedding(String tag, float[] vectors, int dimensions, List<String> labels, long step) {
        embed(tag, vectors, dimensions, labels, null, new int[0], step);
    }

    /**
     * Vectors for the Projector page, each with a picture. Written at once, by the caller's thread.
     *
     * @param tag the set's name
     * @param vectors one after the other
     * @param dimensions the length of each
     * @param labels a label for each vector, or none at all
     * @param pixels the pictures, floats from 0 to 1
     * @param shape {@code [n, channels, height, width]}, n as many as there are vectors
     * @param step when they were taken
     * @throws IllegalArgumentException if the vectors are not whole, or labels or pictures not as many
     * @throws UncheckedIOException if the files cannot be written
     */
    public void addEmbedding(
            String tag, float[] vectors, int dimensions, List<String> labels, float[] pixels, int[] shape, long step) {
        ImageGrid pictures = ImageGrid.of(pixels, ranked(4, shape));
        int count = dimensions < 1 ? 0 : vectors.length / dimensions;
        require(shape[0] == count, "There are " + count + " vectors, but " + shape[0] + " pictures; give one each.");
        embed(tag, vectors, dimensions, labels, pictures, Arrays.copyOfRange(shape, 1, 4), step);
    }

    private synchronized void embed(
            String tag,
            float[] vectors,
            int dimensions,
            List<String> labels,
            ImageGrid pictures,
            int[] shape,
            long step) {
        require(
                dimensions >= 1 && vectors.length >= 1 && vectors.length % dimensions == 0,
                vectors.length + " values are not a whole number of vectors of " + dimensions + " dimensions.");
        int count = vectors.length / dimensions;
        require(
                labels.isEmpty() || labels.size() == count,
                "There are " + count + " vectors, but " + labels.size() + " labels; give one each, or none.");
        try {
            new Projector(folder).add(tag, vectors, dimensions, labels, pictures, shape, step);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedding " + tag + " could not be written: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when everything added so far is with the operating system.
     *
     * @throws UncheckedIOException if it could not be written
     */
    public void flush() {
        EventFiles open;
        synchronized (this) {
            open = files;
        }
        if (open != null) {
            open.flush();
        }
    }

    /**
     * Writes the rest and closes the files; closing twice does nothing more.
     *
     * @throws UncheckedIOException if something could not be written
     */
    @Override
    public void close() {
        EventFiles open;
        synchronized (this) {
            open = closed ? null : files;
            closed = true;
        }
        if (open != null) {
            open.close();
        }
    }

    private void add(long step, Summary.Value value) {
        add(folder, step, value);
    }

    private void add(Path run, long step, Summary.Value value) {
        files().add(
                        run,
                        Event.newBuilder()
                                .setStep(step)
                                .setSummary(Summary.newBuilder().addValue(value)));
    }

    private synchronized EventFiles files() {
        if (closed) {
            throw new IllegalStateException("This SummaryWriter is closed; nothing can be added to it.");
        }
        if (files == null) {
            BackgroundWriter writer = new BackgroundWriter(maxQueue, (long) (flushSeconds * 1e9));
            files = new EventFiles(clock, filenameSuffix, purgeStep, writer);
        }
        return files;
    }

    /** One folder's name, never a path out of this writer's folder. */
    private static String pathName(String name) {
        String plain = name.replaceAll("[/\\\\:]", "_");
        return plain.equals(".") || plain.equals("..") || plain.isEmpty() ? "_" + plain : plain;
    }
}
