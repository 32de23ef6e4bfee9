# Where nobody answers, fingerprints are deleted when their time is over.
agreement uto-xar-protocol-2022
2031-01-30  ana@XAR     create             application 1  form complete                                                 -> draft
2031-01-30  ana@XAR     add_prints         application 1  basis law reference Act-12 file whole                         -> draft
2031-07-28  clock       tick
2031-07-28  ana@XAR     prints_are         application 1  state kept                                                    -> draft
2031-07-29  clock       tick
2031-07-29  ana@XAR     prints_are         application 1  state deleted                                                 -> draft
