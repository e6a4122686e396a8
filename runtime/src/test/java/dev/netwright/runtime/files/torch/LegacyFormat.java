package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.hostile.Mutation;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The files that PyTorch wrote before 1.6. */
class LegacyFormat extends TorchFormat<LegacyStructure> {
    private final List<PickleToken> pickle;
    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final Map<String, Integer> widths = new LinkedHashMap<>();

    LegacyFormat() throws IOException {
        super(ZIP);
        byte[] golden = TorchFileTest.golden("tiny_state_dict_legacy.pth");
        int at = 0;
        for (int prefix = 0; prefix < 3; prefix++) {
            at += PickleToken.write(PickleToken.parse(golden, at)).length;
        }
        pickle = PickleToken.parse(golden, at);
        NaivePickle object = new NaivePickle(golden, at);
        object.read();
        NaivePickle keys = new NaivePickle(golden, object.at);
        int place = 0;
        for (Object key : (List<?>) keys.read()) {
            NaivePickle.Storage storage = object.storages.get(key);
            int width = storage.type().width();
            int start = keys.at + place + 8;
            int length = (int) storage.elements() * width;
            storages.put((String) key, Arrays.copyOfRange(golden, start, start + length));
            widths.put((String) key, width);
            place += 8 + length;
        }
    }

    @Override
    public LegacyStructure structure(Random random) {
        return random.nextInt(12) == 0
                ? new LegacyStructure(pickle, storages, widths)
                : new LegacyStructure(random, new PickleDraw(random, true).file());
    }

    @Override
    public byte[] seal(LegacyStructure structure) {
        return structure.seal();
    }

    @Override
    public List<Mutation<LegacyStructure>> mutations() {
        return LegacyMutations.all();
    }

    /** Twice as much as of archives, since the object is read twice: first for the sizes of its storages. */
    @Override
    public long allocationLimit(byte[] content) {
        return super.allocationLimit(content) + 64L * content.length;
    }

    @Override
    NaiveTorch naive(byte[] content) {
        return NaiveTorch.legacy(content);
    }
}
