package dev.netwright.training.tensorboard;

import dev.netwright.training.tensorboard.proto.Event;
import dev.netwright.training.tensorboard.proto.SessionLog;
import dev.netwright.training.tensorboard.proto.SourceMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The event files of one writer: one in its folder, and one in each folder of a run below it. Opened when needed. */
final class EventFiles {
    /** TensorBoard reads files of another version as those of very old TensorFlow. */
    private static final String VERSION = "brain.Event:2";

    private static final String WRITER = "dev.netwright.training.tensorboard";

    private final Clock clock;
    private final String suffix;
    private final Long purgeStep;
    private final BackgroundWriter writer;
    private final Map<Path, EventFile> files = new HashMap<>();

    EventFiles(Clock clock, String suffix, Long purgeStep, BackgroundWriter writer) {
        this.clock = clock;
        this.suffix = suffix;
        this.purgeStep = purgeStep;
        this.writer = writer;
        writer.start();
    }

    void add(Path folder, Event.Builder event) {
        add(file(folder), event);
    }

    private void add(EventFile file, Event.Builder event) {
        writer.add(file, event.setWallTime(seconds()).build().toByteArray());
    }

    private double seconds() {
        Instant now = clock.instant();
        return now.getEpochSecond() + now.getNano() * 1e-9;
    }

    private synchronized EventFile file(Path folder) {
        EventFile open = files.get(folder);
        if (open != null) {
            return open;
        }
        try {
            EventFile file = EventFile.create(folder, clock.instant().getEpochSecond(), suffix);
            files.put(folder, file);
            begin(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("No event file can be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    private void begin(EventFile file) {
        add(
                file,
                Event.newBuilder()
                        .setFileVersion(VERSION)
                        .setSourceMetadata(SourceMetadata.newBuilder().setWriter(WRITER)));
        if (purgeStep != null) {
            add(file, Event.newBuilder().setStep(purgeStep).setFileVersion(VERSION));
            add(
                    file,
                    Event.newBuilder()
                            .setStep(purgeStep)
                            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
        }
    }

    void flush() {
        writer.flush();
    }

    void close() {
        writer.close();
    }
}
