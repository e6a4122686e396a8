package dev.netwright.runtime.files.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What both layouts of PyTorch's files hold: a pickle in tokens, and the bytes of its storages. */
class TorchStructure {
    final List<PickleToken> pickle = new ArrayList<>();
    final Map<String, byte[]> storages = new LinkedHashMap<>();
    /** Bytes of an element of each storage. */
    final Map<String, Integer> widths = new LinkedHashMap<>();

    boolean bigEndian;

    TorchStructure(List<PickleToken> pickle, Map<String, byte[]> storages, Map<String, Integer> widths) {
        this.pickle.addAll(pickle);
        this.storages.putAll(storages);
        this.widths.putAll(widths);
    }

    TorchStructure(PickleDraw draw) {
        this(draw.tokens, draw.storages, draw.widths());
    }

    /** A key of a storage; of none that exists if there is none. */
    String key(Random random) {
        List<String> keys = new ArrayList<>(storages.keySet());
        return keys.isEmpty() ? "none" : keys.get(random.nextInt(keys.size()));
    }
}
