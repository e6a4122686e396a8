package dev.netwright.runtime.files.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The archives that {@code torch.save} writes since PyTorch 1.6. */
final class ZipLayout {
    private static final String PICKLE = "/data.pkl";
    private static final int NEWEST_VERSION = 10;

    private final TorchErrors errors;
    private final ByteSource source;
    private final ZipMembers members;
    private final String folder;
    private final TorchErrors inPickle;
    private final Map<String, ByteBuffer> storages = new HashMap<>();

    ZipLayout(TorchErrors errors, ByteSource source) throws IOException {
        this.errors = errors;
        this.source = source;
        this.members = new ZipMembers(errors, source);
        this.folder = folder();
        this.inPickle = members.inside(folder + PICKLE);
    }

    private String folder() throws IOException {
        String found = null;
        for (String name : members.names()) {
            if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                if (found != null) {
                    throw errors.at(
                            members.offset(name),
                            TorchRule.TWO_PICKLES,
                            PickledText.quoted(found),
                            PickledText.quoted(name));
                }
                found = name.substring(0, name.length() - PICKLE.length());
            }
        }
        if (found == null) {
            throw errors.at(0, TorchRule.NO_PICKLE);
        }
        if (members.names().contains(found + "/constants.pkl")) {
            throw errors.at(members.offset(found + "/constants.pkl"), TorchRule.TORCH_SCRIPT);
        }
        checkVersion(found);
        return found;
    }

    private void checkVersion(String folder) throws IOException {
        String name = members.names().contains(folder + "/version") ? folder + "/version" : folder + "/.data/version";
        String version = text(name);
        if (version == null || !version.matches("[0-9]{1,3}") || Integer.parseInt(version) < 1) {
            throw errors.at(0, TorchRule.VERSION, PickledText.brief(version), NEWEST_VERSION);
        }
        if (Integer.parseInt(version) > NEWEST_VERSION) {
            throw errors.at(members.offset(name), TorchRule.NEWER_VERSION, version, NEWEST_VERSION);
        }
    }

    /** A short member without surrounding space; null if there is none. */
    private String text(String name) throws IOException {
        if (members.size(name) < 0 || members.size(name) > 100) {
            return null;
        }
        return StandardCharsets.ISO_8859_1
                .decode(members.content(name))
                .toString()
                .strip();
    }

    /** What the archive holds, with tensors. */
    Object read() throws IOException {
        return read(new TensorGather(inPickle, source.size(), this::bytes, bigEndian()));
    }

    /** What the archive holds, with whatever tensors become; their bytes are not looked at. */
    Object read(TorchPickle.Tensors tensors) throws IOException {
        PickleInput pickle = new PickleInput(inPickle, members.content(folder + PICKLE));
        return new PickleReader(inPickle, pickle, new TorchPickle(inPickle, tensors)).read();
    }

    private boolean bigEndian() throws IOException {
        String name = folder + "/byteorder";
        if (members.size(name) < 0) {
            return false;
        }
        String order = text(name);
        if (!"little".equals(order) && !"big".equals(order)) {
            throw errors.at(members.offset(name), TorchRule.BYTE_ORDER, PickledText.brief(order));
        }
        return "big".equals(order);
    }

    private ByteBuffer bytes(TorchStorage storage, int at) throws IOException {
        ByteBuffer known = storages.get(storage.key());
        if (known != null) {
            return known;
        }
        String name = folder + "/data/" + storage.key();
        long size = members.size(name);
        if (size < 0 || size % storage.width() != 0 || size / storage.width() != storage.whole()) {
            throw inPickle.at(
                    at,
                    TorchRule.STORAGE_MEMBER,
                    PickledText.quoted(storage.key()),
                    storage.whole(),
                    storage.width(),
                    (size < 0 ? "has no such member" : "holds " + size + " bytes of it"));
        }
        ByteBuffer bytes = members.content(name);
        storages.put(storage.key(), bytes);
        return bytes;
    }
}
