// The files of assets/ that the program reads, one line each at the end. `ringdown_assets` lists them: name, first
// byte, byte after the last.
        .macro asset name
        .section .rodata
        .balign 16
1:      .asciz "\name"
2:      .incbin "\name"
3:      .byte 0
        .section .data.rel.ro,"aw",@progbits
        .quad 1b, 2b, 3b
        .endm

        .section .data.rel.ro,"aw",@progbits
        .balign 8
        .global ringdown_assets
        .global ringdown_assets_end
ringdown_assets:
        asset "area_codes.toml"
        asset "carrier_errors.toml"
        asset "numbering.toml"
        asset "places.csv"
        asset "rules/ca.toml"
        asset "rules/generic.toml"
        asset "rules/uk.toml"
        asset "rules/us-states.toml"
        asset "rules/us.toml"
        asset "sample_leads.csv"
ringdown_assets_end:
        .section .note.GNU-stack,"",@progbits
