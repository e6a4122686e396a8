package dev.netwright.runtime.generated;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.files.ModelFile;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.runtime.files.WeightsHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The weights that a network was compiled with: a resource beside its classes, and what its header said then.
 */
public final class WeightsResource {
    private final String name;
    private final String entry;
    private final URL place;
    private final boolean strict;
    private final String fingerprint;
    private final String[] header;

    private WeightsResource(String name, String entry, URL place, boolean strict, String fingerprint, String[] header) {
        this.name = name;
        this.entry = entry;
        this.place = place;
        this.strict = strict;
        this.fingerprint = fingerprint;
        this.header = header;
    }

    /**
     * A resource. Generated code looks it up itself, as modules show their resources to nobody else.
     *
     * @param name as the annotation has it
     * @param entry the state dict's key in a checkpoint of PyTorch's, or null
     * @param place where it is; null if it was not found
     * @param strict whether the file has exactly the network's keys
     * @param fingerprint of its header when the network was compiled
     * @param header that header
     * @return the resource, not read yet
     */
    public static WeightsResource of(
            String name, String entry, URL place, boolean strict, String fingerprint, String... header) {
        return new WeightsResource(name, entry, place, strict, fingerprint, header.clone());
    }

    /**
     * Loads the weights into a model, all or nothing.
     *
     * @param model a new one, its weights drawn where the file need not have all
     * @throws IllegalStateException if the resource is not there, or has another header than when the model was compiled
     * @throws IllegalArgumentException if it is a whole model of another structure
     * @throws UncheckedIOException if it cannot be read
     */
    void load(Model model) {
        String network = model.definition().name();
        if (place == null) {
            throw new IllegalStateException(network + " was compiled with the weights \"" + name
                    + "\", but there is no such resource on the class path. Put the file there, or use create(seed).");
        }
        try {
            Safetensors.Contents contents = contents();
            check(network, model, contents);
            if (strict) {
                model.prepareLoad(name, contents).run();
            } else {
                model.loadStateDict(ModelFile.weights(contents), false);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The weights \"" + name + "\" of " + network + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Mapped where it is a file by itself. */
    private Safetensors.Contents contents() throws IOException {
        if (place.getProtocol().equals("file")) {
            try {
                return StateDicts.views(Path.of(place.toURI()), entry);
            } catch (URISyntaxException | IllegalArgumentException unusual) {
                // What is no path is a stream, as what lies in an archive.
            }
        }
        try (InputStream in = place.openStream()) {
            return StateDicts.views(in, entry);
        }
    }

    private void check(String network, Model model, Safetensors.Contents contents) {
        Set<String> keys = new HashSet<>();
        model.definition().parameters().forEach(spec -> keys.add(spec.key()));
        WeightsHeader whole = WeightsHeader.of(contents);
        WeightsHeader now = strict ? whole : whole.only(keys);
        if (!now.fingerprint().equals(fingerprint)) {
            throw new IllegalStateException(network + " was compiled with another \"" + name
                    + "\" than the one on the class path: "
                    + now.difference(header).orElse("keys, types or shapes are not the same") + ". Compile " + network
                    + " again, or put back the file that it was compiled with.");
        }
    }
}
