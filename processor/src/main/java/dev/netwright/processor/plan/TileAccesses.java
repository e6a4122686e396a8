package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Access.Padding;
import dev.netwright.processor.plan.Tile.Samples;
import java.util.ArrayList;
import java.util.List;

/** What a {@link Tile} touches. */
final class TileAccesses {
    private final Tile tile;

    TileAccesses(Tile tile) {
        this.tile = tile;
    }

    List<Access> all() {
        List<Access> accesses = new ArrayList<>();
        if (!tile.sum().loops().isEmpty() || tile.samples() == Samples.SUMMED) {
            accesses.add(broadcast());
            accesses.add(loaded("b"));
        }
        if (tile.sum().biased()) {
            accesses.add(
                    Access.read("bias").with(Padding.LANES).lanes(tile.extent().lanes()));
        } else if (tile.sum().start().isOfResults()) {
            Tile.Start start = tile.sum().start();
            accesses.add(result(Access.read(start.operand()).with(Padding.LANES), start.strides()));
        }
        accesses.addAll(tile.store().readAccesses(this::result));
        accesses.addAll(tile.store().writeAccesses(this::result));
        return accesses;
    }

    /** Samples are columns, or have a stride of their own. */
    private int sample(Strides strides) {
        return tile.samples() == Samples.COLUMNS ? strides.column() : strides.sample();
    }

    private Access blocks(Access access, Strides strides) {
        Access all = access.samples(sample(strides));
        if (neighbours(strides)) {
            all = all.lanes(tile.extent().lanes());
        } else if (tile.extent().isEven()) {
            all = all.loop(tile.blocks(), strides.block());
        }
        return rows(all, strides);
    }

    private Access rows(Access access, Strides strides) {
        Access all = access;
        for (int i = 0; i < tile.rowCounts().size(); i++) {
            all = all.loop(tile.rowCounts().get(i), strides.rows().get(i));
        }
        return all;
    }

    private int columns() {
        return tile.samples() == Samples.COLUMNS ? 1 : tile.columns();
    }

    private Access broadcast() {
        int column = tile.a().column();
        Access access = rows(
                Access.read("a")
                        .samples(sample(tile.a()))
                        .loop(tile.blocks() / tile.sum().sharing(), tile.a().block()),
                tile.a());
        if (!tile.store().pooling().pools()) {
            access = access.loop(columns(), column);
        } else {
            access = access.loop(2, tile.store().pooling().row()).loop(2 * columns(), column);
        }
        for (SumLoop loop : tile.sum().loops()) {
            access = access.loop(loop.count(), loop.a());
        }
        for (SumLoop band : bands()) {
            access = access.loop(band.count(), band.a());
        }
        return access;
    }

    private List<SumLoop> bands() {
        return tile.bands() == null ? List.of() : tile.bands().loops();
    }

    /** What is loaded in vectors. */
    Access loaded(String operand) {
        Access access = blocks(Access.read(operand).with(Padding.LANES), tile.b());
        for (SumLoop loop : tile.sum().loops()) {
            access = access.loop(loop.count(), loop.b());
        }
        for (SumLoop band : bands()) {
            access = access.loop(band.count(), band.b());
        }
        return vectors(access, tile.b());
    }

    /** The lanes of a block, unless they are those of all blocks already. */
    private Access vectors(Access access, Strides strides) {
        if (strides.isGrouped()) {
            // where the last block has more lanes than the others, each begins where the lanes of the one before end
            int lanes = tile.extent().isEven() ? tile.width() : tile.extent().lanes();
            return access.loop(lanes / Layout.LANES, strides.group()).lanes(Layout.LANES);
        }
        return neighbours(strides) ? access : access.lanes(tile.width());
    }

    private boolean neighbours(Strides strides) {
        return strides.block() == tile.width() && !strides.isGrouped();
    }

    private Access result(Access access, Strides strides) {
        return vectors(blocks(access, strides).loop(columns(), strides.column()), strides);
    }
}
