package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.hostile.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The archives that PyTorch writes since 1.6. */
class ZipFormat extends TorchFormat<ZipStructure> {
    /** A file that PyTorch wrote, in pieces. */
    private record Base(List<PickleToken> pickle, Map<String, byte[]> storages) {}

    private final List<Base> bases = new ArrayList<>();

    ZipFormat() throws IOException {
        super(LEGACY);
        for (String name : List.of("views_dtypes", "tiny_whole_model", "tiny_checkpoint_adam", "tiny_state_dict")) {
            ByteSource source = ByteSource.of(ByteBuffer.wrap(TorchFileTest.golden(name + ".pth")));
            ZipMembers members = new ZipMembers(new TorchErrors(name), source);
            Map<String, byte[]> storages = new LinkedHashMap<>();
            List<PickleToken> pickle = null;
            for (String member : members.names()) {
                ByteBuffer content = members.content(member);
                byte[] bytes = new byte[content.remaining()];
                content.get(bytes);
                if (member.endsWith("/data.pkl")) {
                    pickle = PickleToken.parse(bytes, 0);
                } else if (member.startsWith(name + "/data/")) {
                    storages.put(member.substring(name.length() + 6), bytes);
                }
            }
            bases.add(new Base(pickle, storages));
        }
    }

    @Override
    public ZipStructure structure(Random random) {
        if (random.nextInt(12) == 0) {
            Base base = bases.get(random.nextInt(bases.size()));
            return new ZipStructure(random, base.pickle(), base.storages());
        }
        return new ZipStructure(random, new PickleDraw(random, false).file());
    }

    @Override
    public byte[] seal(ZipStructure structure) {
        return ZipSeal.write(structure);
    }

    @Override
    public List<Mutation<ZipStructure>> mutations() {
        return ZipMutations.all();
    }

    /** A compressed pickle makes as many objects as one of its inflated size: 64 bytes for each inflated byte too. */
    @Override
    public long allocationLimit(byte[] content) {
        return super.allocationLimit(content) + 64 * Inflated.bytes(content);
    }

    @Override
    NaiveTorch naive(byte[] content) throws IOException {
        return NaiveTorch.zip(content);
    }
}
